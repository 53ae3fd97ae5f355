package org.hybridir.trainer.data;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One data set as read.
 *
 * @param name unique among the data sets of a run
 * @param pairs at least one, in the order of the files
 * @param weight how often it is drawn, against the weights or sizes of the others; empty: its size
 */
public record DataSet(String name, List<Pair> pairs, OptionalDouble weight) {
    public DataSet {
        Objects.requireNonNull(weight, "weight");
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("a data set's name must not be blank, but is [" + name + "]");
        }
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("data set [" + name + "] has no pair");
        }
        if (weight.isPresent() && !(weight.getAsDouble() > 0 && Double.isFinite(weight.getAsDouble()))) {
            throw new IllegalArgumentException("the weight of data set [" + name
                    + "] must be a number above 0, but is [" + weight.getAsDouble() + "]");
        }
    }
}
