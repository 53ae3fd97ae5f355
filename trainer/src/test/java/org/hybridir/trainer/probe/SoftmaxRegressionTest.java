package org.hybridir.trainer.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SoftmaxRegressionTest {
    /** Without features only the intercepts are left, and their solution is the classes' shares. */
    @Test
    void tellsTheCommonestClassWhenFeaturesSayNothing() {
        float[][] x = {{0}, {0}, {0}, {0}};
        SoftmaxRegression fitted = SoftmaxRegression.fit(x, new int[] {0, 2, 2, 1}, 3, 1);
        assertEquals(2, fitted.classOf(new float[] {0}));
    }

    /** The loss of zero weights is log 3; by hand for one example: p = 1/3 each. */
    @Test
    void lossAndGradientByHand() {
        SoftmaxRegression.Loss loss = new SoftmaxRegression.Loss(new float[][] {{2, -1}}, new int[] {1}, 3, .5);
        double[] zero = new double[9];
        assertEquals(Math.log(3), loss.value(zero), 1e-12);
        double third = 1 / 3.0;
        double[] expected = {2 * third, -third, -4 * third, 2 * third, 2 * third, -third, third, -2 * third, third};
        double[] gradient = loss.gradient(zero);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], gradient[i], 1e-12);
        }
    }

    @Test
    void gradientIsThatOfTheLoss() {
        Random random = new Random(3);
        SoftmaxRegression.Loss loss = new SoftmaxRegression.Loss(examples(random, 20, 4), labels(random, 20), 3, .1);
        double[] weights = random.doubles(15, -1, 1).toArray();
        double[] gradient = loss.gradient(weights);
        for (int i = 0; i < weights.length; i++) {
            double[] up = weights.clone();
            double[] down = weights.clone();
            up[i] += 1e-5;
            down[i] -= 1e-5;
            assertEquals((loss.value(up) - loss.value(down)) / 2e-5, gradient[i], 1e-6);
        }
    }

    /** At the solution the gradient vanishes, and on examples made by a linear rule it tells nearly all classes. */
    @Test
    void findsALinearRule() {
        Random random = new Random(1);
        float[][] x = examples(random, 300, 5);
        int[] y = new int[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i][0] > .5 ? 0 : x[i][1] > x[i][2] ? 1 : 2;
        }
        SoftmaxRegression fitted = SoftmaxRegression.fit(x, y, 3, .001);
        int right = 0;
        for (int i = 0; i < y.length; i++) {
            right += fitted.classOf(x[i]) == y[i] ? 1 : 0;
        }
        assertTrue(right > 280, right + " of 300");
    }

    @Test
    void refusesWhatCannotBeFitted() {
        assertEquals(
                "[0] examples need as many classes [0], at least one, and a strength above 0, not [1.0]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SoftmaxRegression.fit(new float[0][], new int[0], 3, 1))
                        .getMessage());
    }

    private static float[][] examples(Random random, int n, int features) {
        float[][] x = new float[n][features];
        for (float[] example : x) {
            for (int i = 0; i < features; i++) {
                example[i] = (float) random.nextGaussian();
            }
        }
        return x;
    }

    private static int[] labels(Random random, int n) {
        return random.ints(n, 0, 3).toArray();
    }
}
