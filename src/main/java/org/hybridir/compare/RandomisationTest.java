package org.hybridir.compare;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A paired, two-sided randomisation test (Fisher 1935; recommended for retrieval by Smucker, Allan and Carterette, CIKM
 * 2007).
 *
 * <p>Given d_1..d_n, the differences of two systems on n questions, and their mean m. If the systems did not differ, which of
 * the two values of a question belongs to which system would be chance, so that each d_i could as well be -d_i. p is the
 * share of the 2^n patterns of signs in which the mean is at least as far from 0 as m is:
 *
 * <pre>{@code p = #{s in {-1,+1}^n : |sum_i s_i d_i| >= |sum_i d_i|} / 2^n }</pre>
 *
 * <p>If there are no more patterns than draws, all are counted. Otherwise B patterns are drawn, and p = (1 + c) / (1 + B),
 * where c of them are as extreme: the observed pattern counts as one, so that p is never 0 (Phipson and Smyth 2010). Sums
 * that differ by rounding only are equal. The questions must be independent of each other: a question and its translation
 * are not, and belong into one difference.
 */
public final class RandomisationTest {
    /** Shares of p are then known to about .002 at p = .05. */
    public static final int DRAWS = 10_000;

    /** Of the sum of all |d_i|. */
    private static final double ROUNDING = 1e-12;

    private final int draws;
    private final long seed;

    /**
     * @param draws B, at least 1
     * @param seed of the draws: the same differences give the same p
     */
    public RandomisationTest(int draws, long seed) {
        if (draws < 1) {
            throw new IllegalArgumentException("draws are [" + draws + "]; there must be at least [1]");
        }
        this.draws = draws;
        this.seed = seed;
    }

    /**
     * The p-value, in (0, 1].
     *
     * @param differences one for each question, at least one, finite
     */
    public double p(double[] differences) {
        if (differences.length == 0) {
            throw new IllegalArgumentException("a randomisation test needs at least one difference");
        }
        double total = Arrays.stream(differences).sum();
        double size = Arrays.stream(differences).map(Math::abs).sum();
        if (!Double.isFinite(size)) {
            throw new IllegalArgumentException("differences must be finite, not " + Arrays.toString(differences));
        }
        double extreme = Math.abs(total) - ROUNDING * size;
        return countsAll(differences.length) ? exact(differences, total, extreme) : drawn(differences, total, extreme);
    }

    /** Whether all patterns of signs of so many differences are counted. */
    boolean countsAll(int differences) {
        return differences < Integer.SIZE - 1 && 1 << differences <= draws;
    }

    private static double exact(double[] differences, double total, double extreme) {
        int patterns = 1 << differences.length;
        int found = 0;
        for (int pattern = 0; pattern < patterns; pattern++) {
            found += Math.abs(total - 2 * flipped(differences, 0, pattern)) >= extreme ? 1 : 0;
        }
        return found / (double) patterns;
    }

    private double drawn(double[] differences, double total, double extreme) {
        SplittableRandom random = new SplittableRandom(seed);
        int found = 0;
        for (int draw = 0; draw < draws; draw++) {
            double flipped = 0;
            for (int from = 0; from < differences.length; from += Long.SIZE) {
                flipped += flipped(differences, from, random.nextLong());
            }
            found += Math.abs(total - 2 * flipped) >= extreme ? 1 : 0;
        }
        return (1 + found) / (1.0 + draws);
    }

    /** The sum of those of the next 64 differences whose bit is set. */
    private static double flipped(double[] differences, int from, long pattern) {
        double sum = 0;
        int end = Math.min(differences.length, from + Long.SIZE);
        for (int i = from; i < end; i++) {
            if ((pattern >>> i - from & 1) == 1) {
                sum += differences[i];
            }
        }
        return sum;
    }
}
