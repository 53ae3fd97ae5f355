package org.hybridir.compare;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A percentile bootstrap interval of a mean (Efron 1979; for retrieval Sakai, SIGIR 2006).
 *
 * <p>Given x_1..x_n, one for each question. A resample draws n of them with replacement, and has a mean. Of the means of B
 * resamples in ascending order, the interval is that from the k-th to the (B + 1 - k)-th, k = (B + 1) * (1 - level) / 2
 * (Davison and Hinkley 1997, section 5.3.1): if questions were drawn anew from where these came from, intervals made so would
 * hold the true mean in about that share of cases. With few questions they are too narrow; it cannot be wider than from the least to the greatest of them.
 */
public final class Bootstrap {
    /** Of intervals: .95. */
    public static final double LEVEL = .95;

    /** B: makes k a whole number, 250. */
    public static final int RESAMPLES = 9_999;

    private final int resamples;
    private final long seed;

    /**
     * @param resamples B, at least 39, with which k is 1
     * @param seed of the draws: the same values give the same interval
     */
    public Bootstrap(int resamples, long seed) {
        if (resamples < 39) {
            throw new IllegalArgumentException("resamples are [" + resamples + "]; there must be at least [39]");
        }
        this.resamples = resamples;
        this.seed = seed;
    }

    /** Both ends belong to it. */
    public record Interval(double low, double high) {}

    /**
     * The interval of the mean.
     *
     * @param values one for each question, at least one
     */
    public Interval interval(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a bootstrap interval needs at least one value");
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[resamples];
        for (int resample = 0; resample < resamples; resample++) {
            double sum = 0;
            for (int draw = 0; draw < values.length; draw++) {
                sum += values[random.nextInt(values.length)];
            }
            means[resample] = sum / values.length;
        }
        Arrays.sort(means);
        // rounded against .05 not being exact in binary
        int k = (int) Math.floor((resamples + 1) * (1 - LEVEL) / 2 + 1e-9);
        return new Interval(means[k - 1], means[resamples - k]);
    }
}
