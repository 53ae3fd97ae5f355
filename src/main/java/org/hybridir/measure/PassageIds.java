package org.hybridir.measure;

import java.util.function.IntFunction;

/** The ids of passages, by the place that the caller of {@link RankCounter} gives each. */
@FunctionalInterface
public interface PassageIds extends IntFunction<String> {
    /**
     * Told which ids will be asked for, where it is known beforehand and they are many: those of the first passages of all
     * questions of a block. Looking them up together may be cheaper than one by one.
     *
     * @param places ascending, each once
     */
    default void expect(int[] places) {}
}
