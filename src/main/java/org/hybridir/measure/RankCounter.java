package org.hybridir.measure;

import java.util.function.IntFunction;

/**
 * For a block of questions, counts how many passages of each language stand before each relevant passage. Counts of
 * disjoint sets of passages add up, so shards can count alone.
 */
public final class RankCounter {
    // stub

    /**
     * @param questions [question][dimension], each of length one
     * @param golds one for each question, in the same order; may be empty for a question
     * @param languages how many languages there are
     */
    public RankCounter(float[][] questions, Golds[] golds, int languages) {}

    /**
     * Counts a block of passages.
     *
     * @param vectors row-major [n][dimension], each of length one
     * @param n how many passages
     * @param languages ordinals of the passages' languages
     * @param ids a passage's id by its place in the block; asked only on equal scores
     */
    public void add(float[] vectors, int n, int[] languages, IntFunction<String> ids) {
        throw new UnsupportedOperationException();
    }

    /** [question][gold][language]: how many passages of the language stand before the gold (the gold itself not counted). */
    public int[][][] counts() {
        throw new UnsupportedOperationException();
    }

    /** The score of one passage, bit for bit the one that {@link #add} compares. */
    public static float score(float[] question, float[] passage) {
        throw new UnsupportedOperationException();
    }
}
