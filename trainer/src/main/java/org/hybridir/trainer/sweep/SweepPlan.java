package org.hybridir.trainer.sweep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hybridir.trainer.batch.Strategy;

/**
 * Which runs a sweep has: each strategy with each seed, the hybrid one with each alpha too.
 *
 * @param strategies at least one, none twice
 * @param alphas of the hybrid strategy, each from 0 to 1; needed only with it
 * @param seeds at least one, none twice; two or more show a spread
 */
public record SweepPlan(List<Strategy> strategies, List<Double> alphas, List<Long> seeds) {
    public SweepPlan {
        strategies = once("strategies", "strategy", strategies);
        alphas = strategies.contains(Strategy.HYBRID) ? once("alphas", "alpha", alphas) : List.copyOf(alphas);
        seeds = once("seeds", "seed", seeds);
        alphas.forEach(Variant::hybrid);
    }

    /** @throws IllegalArgumentException if there are none, or one twice */
    public static <T> List<T> once(String what, String one, List<T> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(what + " are []; give at least one " + one);
        }
        if (new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException(what + " are " + values + "; give each " + one + " once");
        }
        return List.copyOf(values);
    }

    /** What is compared, in the order of the strategies. */
    public List<Variant> variants() {
        List<Variant> variants = new ArrayList<>();
        for (Strategy strategy : strategies) {
            if (strategy == Strategy.HYBRID) {
                alphas.forEach(alpha -> variants.add(Variant.hybrid(alpha)));
            } else {
                variants.add(Variant.of(strategy));
            }
        }
        return variants;
    }

    /** All variants with the first seed, then all with the next: so that a sweep cut short has compared something. */
    public List<SweepRun> runs() {
        List<SweepRun> runs = new ArrayList<>();
        seeds.forEach(seed -> variants().forEach(variant -> runs.add(new SweepRun(variant, seed))));
        return runs;
    }

    Map<String, Object> toMap() {
        return Map.of("strategies", strategies.stream().map(Strategy::key).toList(), "alphas", alphas, "seeds", seeds);
    }

    static SweepPlan of(Map<String, Object> map) {
        return new SweepPlan(
                list(map, "strategies").stream()
                        .map(key -> Strategy.of((String) key))
                        .toList(),
                list(map, "alphas").stream()
                        .map(alpha -> ((Number) alpha).doubleValue())
                        .toList(),
                list(map, "seeds").stream()
                        .map(seed -> ((Number) seed).longValue())
                        .toList());
    }

    private static List<?> list(Map<String, Object> map, String key) {
        return Objects.requireNonNull((List<?>) map.get(key), key + " is missing");
    }
}
