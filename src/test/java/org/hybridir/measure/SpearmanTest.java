package org.hybridir.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpearmanTest {
    private static double rho(double[] x, double[] y) {
        return Spearman.correlation(x, y).orElseThrow();
    }

    @Test
    void byHand() {
        assertEquals(1, rho(new double[] {1, 5, 9}, new double[] {.1, .2, 7}));
        assertEquals(-1, rho(new double[] {1, 5, 9}, new double[] {3, 2, 1}));
        // without ties 1 - 6 * (1 + 1 + 0 + 0) / (4 * 15)
        assertEquals(.8, rho(new double[] {10, 20, 30, 40}, new double[] {2, 1, 3, 4}), 1e-15);
        // ranks 1.5 1.5 3 against 1 2 3: covariance 1.5, variances 1.5 and 2
        assertEquals(1.5 / Math.sqrt(3), rho(new double[] {0, 0, 1}, new double[] {1, 2, 3}), 1e-15);
        // ranks 2 2 2 4 against 1 2.5 2.5 4: covariance 3, variances 3 and 4.5
        assertEquals(3 / Math.sqrt(13.5), rho(new double[] {5, 5, 5, 6}, new double[] {1, 2, 2, 3}), 1e-15);
    }

    @Test
    void withoutOrder() {
        assertEquals(OptionalDouble.empty(), Spearman.correlation(new double[] {1, 1, 1}, new double[] {1, 2, 3}));
        assertEquals(OptionalDouble.empty(), Spearman.correlation(new double[] {1, 2}, new double[] {7, 7}));
        assertEquals(OptionalDouble.empty(), Spearman.correlation(new double[] {1}, new double[] {7}));
        assertEquals(OptionalDouble.empty(), Spearman.correlation(new double[0], new double[0]));
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> Spearman.correlation(new double[] {1}, new double[0]));
        assertEquals("a correlation needs as many values of x [1] as of y [0]", e.getMessage());
    }

    /** Ranks by counting, and the textbook's Pearson. */
    @Test
    void equalsTheNaiveWay() {
        Random random = new Random(7);
        for (int round = 0; round < 100; round++) {
            int n = 3 + random.nextInt(20);
            double[] x = random.ints(n, 0, 6).asDoubleStream().toArray();
            double[] y = random.ints(n, 0, 6).asDoubleStream().toArray();
            x[0] = 9;
            y[1] = 9;
            assertEquals(pearson(ranks(x), ranks(y)), rho(x, y), 1e-12, Arrays.toString(x) + Arrays.toString(y));
        }
    }

    private static double[] ranks(double[] values) {
        return Arrays.stream(values)
                .map(value -> Arrays.stream(values).filter(v -> v < value).count()
                        + (Arrays.stream(values).filter(v -> v == value).count() + 1) / 2.0)
                .toArray();
    }

    private static double pearson(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx) / Math.sqrt(yy);
    }
}
