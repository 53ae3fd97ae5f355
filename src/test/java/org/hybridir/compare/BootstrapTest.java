package org.hybridir.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.hybridir.compare.Bootstrap.Interval;
import org.junit.jupiter.api.Test;

final class BootstrapTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(Bootstrap.RESAMPLES, 0);

    private static Interval interval(double... values) {
        return BOOTSTRAP.interval(values);
    }

    /** Where the quantile lies far from a step of the distribution, any draws of this number give the exact one. */
    @Test
    void smallSamplesByHand() {
        assertEquals(new Interval(.25, .25), interval(.25));
        assertEquals(new Interval(.5, .5), interval(.5, .5, .5));
        // means 0, .5, 1 with probabilities 1/4, 1/2, 1/4
        assertEquals(new Interval(0, 1), interval(0, 1));
        // all three draws are 3 in 1 of 27 cases, more than 2.5 %; all are 0 in 8
        assertEquals(new Interval(0, 3), interval(0, 0, 3));
        // all four in 1 of 256, less than 2.5 %; three or four in 13 of 256, more
        assertEquals(new Interval(0, 3), interval(0, 0, 0, 4));
        assertEquals(new Interval(-3, 0), interval(0, 0, 0, -4));
    }

    /** Counts all n^n resamples: below each end there may be 2.5 % of them, but for the luck of the draws. */
    @Test
    void endsAreQuantilesOfAllResamples() {
        Random random = new Random(11);
        for (int round = 0; round < 20; round++) {
            double[] values = random.doubles(5, -1, 1).toArray();
            double[] means = allMeans(values);
            Interval interval = BOOTSTRAP.interval(values);
            // five standard errors of a share of 2.5 %
            double margin = 5 * Math.sqrt(.025 * .975 / Bootstrap.RESAMPLES);
            assertQuantile(.025, margin, interval.low(), means);
            assertQuantile(.975, margin, interval.high(), means);
        }
    }

    private static void assertQuantile(double share, double margin, double end, double[] means) {
        double below = Arrays.stream(means).filter(mean -> mean < end - 1e-12).count() / (double) means.length;
        double upTo = Arrays.stream(means).filter(mean -> mean <= end + 1e-12).count() / (double) means.length;
        assertTrue(below <= share + margin && upTo >= share - margin, below + " to " + upTo);
    }

    private static double[] allMeans(double[] values) {
        int n = values.length;
        double[] means = new double[(int) Math.pow(n, n)];
        for (int resample = 0; resample < means.length; resample++) {
            int digits = resample;
            for (int draw = 0; draw < n; draw++) {
                means[resample] += values[digits % n] / n;
                digits /= n;
            }
        }
        return means;
    }

    /** Of many values the mean is nearly normal: 1.96 standard errors to either side. */
    @Test
    void manyValues() {
        double[] values = new Random(12).doubles(400).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double error = Math.sqrt(squares / values.length / values.length);
        Interval interval = BOOTSTRAP.interval(values);
        assertEquals(mean - 1.96 * error, interval.low(), .15 * error);
        assertEquals(mean + 1.96 * error, interval.high(), .15 * error);
    }

    @Test
    void sameSeedSameInterval() {
        double[] values = new Random(13).doubles(50).toArray();
        assertEquals(BOOTSTRAP.interval(values), new Bootstrap(Bootstrap.RESAMPLES, 0).interval(values));
        assertTrue(!BOOTSTRAP.interval(values).equals(new Bootstrap(Bootstrap.RESAMPLES, 1).interval(values)));
    }

    @Test
    void refusals() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Bootstrap(38, 0));
        assertEquals("resamples are [38]; there must be at least [39]", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> interval());
        assertEquals("a bootstrap interval needs at least one value", e.getMessage());
        // of 39 means the least and the greatest
        assertTrue(new Bootstrap(39, 0).interval(new double[] {0, 1}).low() == 0);
    }
}
