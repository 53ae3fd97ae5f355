package org.hybridir.trainer.batch;

import java.util.List;
import java.util.Objects;
import org.hybridir.trainer.data.Pair;

/**
 * Pairs that are each other's in-batch negatives.
 *
 * @param weight of its loss in the step's loss, from 0 to 1; those of a step add up to 1
 * @param pairs at least two
 */
public record Batch(BatchKind kind, double weight, List<Pair> pairs) {
    public Batch {
        Objects.requireNonNull(kind, "kind");
        pairs = List.copyOf(pairs);
        if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException("a batch's weight must be from 0 to 1, but is [" + weight + "]");
        }
        if (pairs.size() < 2) {
            throw new IllegalArgumentException(
                    "a batch needs 2 pairs or more, for one pair has no negative, but has [" + pairs.size() + "]");
        }
    }
}
