package org.hybridir.measure;

import java.util.stream.IntStream;

/**
 * The ranks of one question's golds in each pool.
 *
 * @param goldLanguages ordinals of the golds' languages, in the order of {@link Golds}
 * @param counts [gold][language]: passages before it
 */
record PoolRanks(int[] goldLanguages, int[][] counts) {
    PoolRanks {
        if (goldLanguages.length != counts.length) {
            throw new IllegalArgumentException("need the counts of each gold: golds [" + goldLanguages.length
                    + "], counts [" + counts.length + "]");
        }
    }

    /** Among the passages of one language. Golds are in ranking order, so their ranks ascend in each pool. */
    int[] among(int pool) {
        return IntStream.range(0, counts.length)
                .filter(gold -> goldLanguages[gold] == pool)
                .map(gold -> counts[gold][pool] + 1)
                .toArray();
    }

    /** Among all passages. */
    int[] amongAll() {
        return IntStream.range(0, counts.length)
                .map(gold -> IntStream.of(counts[gold]).sum() + 1)
                .toArray();
    }
}
