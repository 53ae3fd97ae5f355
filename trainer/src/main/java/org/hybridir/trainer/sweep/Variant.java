package org.hybridir.trainer.sweep;

import java.util.OptionalDouble;
import org.hybridir.trainer.batch.Strategy;

/**
 * What a sweep compares with its like: a strategy, and with the hybrid one its alpha.
 *
 * @param alpha from 0 to 1; empty for every strategy but the hybrid one
 */
public record Variant(Strategy strategy, OptionalDouble alpha) {
    public Variant {
        if (alpha.isPresent() != (strategy == Strategy.HYBRID)) {
            throw new IllegalArgumentException("alpha belongs to the strategy [hybrid] and to no other, but ["
                    + strategy.key() + "] has [" + (alpha.isPresent() ? alpha.getAsDouble() : "none") + "]");
        }
        if (alpha.isPresent() && !(alpha.getAsDouble() >= 0 && alpha.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(
                    "alphas are [" + alpha.getAsDouble() + "]; each must be at least [0] and at most [1]");
        }
    }

    /** A strategy without alpha. */
    static Variant of(Strategy strategy) {
        return new Variant(strategy, OptionalDouble.empty());
    }

    /** Hybrid batches. */
    static Variant hybrid(double alpha) {
        return new Variant(Strategy.HYBRID, OptionalDouble.of(alpha));
    }

    /** For people and folders: {@code monolingual}, {@code hybrid-0.5}. */
    public String key() {
        return strategy.key() + (alpha.isPresent() ? "-" + alpha.getAsDouble() : "");
    }

    /** The share of monolingual batches, for those in which it means something. */
    OptionalDouble monolingualShare() {
        return switch (strategy) {
            case HYBRID -> alpha;
            case MONOLINGUAL -> OptionalDouble.of(1);
            case CROSS_LINGUAL -> OptionalDouble.of(0);
            default -> OptionalDouble.empty();
        };
    }
}
