package org.hybridir.measure;

import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Spearman's rank correlation: Pearson's correlation of the ranks, where equal values share the mean of the ranks that they
 * take up (Spearman 1904).
 */
public final class Spearman {
    private Spearman() {}

    /**
     * From -1 to 1; empty if either side is all equal, or has fewer than two values, because then there is no order.
     *
     * @param y as many as x
     */
    public static OptionalDouble correlation(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "a correlation needs as many values of x [" + x.length + "] as of y [" + y.length + "]");
        }
        double[] ranksX = ranks(x);
        double[] ranksY = ranks(y);
        double spread = covariance(ranksX, ranksX) * covariance(ranksY, ranksY);
        return spread == 0 ? OptionalDouble.empty() : OptionalDouble.of(covariance(ranksX, ranksY) / Math.sqrt(spread));
    }

    /** From 1 on. */
    private static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted((a, b) -> Double.compare(values[a], values[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0, to; from < order.length; from = to) {
            to = from + 1;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
        }
        return ranks;
    }

    /** Times the number of values. Ranks are halves, so that sums of them are exact. */
    private static double covariance(double[] x, double[] y) {
        double mean = (x.length + 1) / 2.0;
        return IntStream.range(0, x.length)
                .mapToDouble(i -> (x[i] - mean) * (y[i] - mean))
                .sum();
    }
}
