package org.hybridir.trainer.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hybridir.encoder.Dense;
import org.hybridir.weights.Float32;
import org.hybridir.weights.TensorSource;
import org.junit.jupiter.api.Test;

class LanguageDirectionsTest {
    /** Three languages at 0, (3, 0, 0) and (0, 0, 1): the directions are in the plane of the first and the last axis. */
    @Test
    void leavesWhatIsNoDifferenceByHand() throws IOException {
        List<float[]> differences = List.of(new float[] {-3, 0, 0}, new float[] {0, 0, -1}, new float[] {3, 0, -1});
        assertDense(new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0}, LanguageDirections.of(differences, 2));
        // 18 + 2 = tr(D^T D); its larger eigenvalue is 10 + sqrt(8^2 + 3^2), the direction nearly the first axis
        LanguageDirections one = LanguageDirections.of(differences, 1);
        assertEquals((10 + Math.sqrt(73)) / 20, one.share(differences), 1e-6);
        assertEquals(1, LanguageDirections.of(differences, 2).share(differences), 1e-6);
        assertEquals(0, one.share(List.of(new float[] {0, 5, 0})), 1e-12);
        assertEquals(0, one.share(List.of(new float[3])), "nothing differs");
    }

    private static void assertDense(float[] expected, LanguageDirections directions) throws IOException {
        assertEquals(new Dense(3, 3, false), directions.dense());
        assertArrayEquals(expected, floats(directions.denseWeights(), Dense.WEIGHT), 1e-6f);
        assertArrayEquals(new float[3], floats(directions.denseWeights(), Dense.BIAS));
    }

    private static float[] floats(TensorSource source, String name) throws IOException {
        FloatBuffer buffer = Float32.of(source, name).asFloatBuffer();
        float[] floats = new float[buffer.remaining()];
        buffer.get(floats);
        return floats;
    }

    /** Means of languages at random: nothing of any difference is left, and what is at right angles to all stays. */
    @Test
    void nothingIsLeftOfAnyDifference() throws IOException {
        Random random = new Random(3);
        float[][] means = new float[4][8];
        for (float[] mean : means) {
            for (int i = 0; i < 7; i++) { // never along the last axis
                mean[i] = (float) random.nextGaussian();
            }
        }
        List<float[]> differences = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            for (int j = i + 1; j < 4; j++) {
                float[] difference = new float[8];
                for (int k = 0; k < 8; k++) {
                    difference[k] = means[i][k] - means[j][k];
                }
                differences.add(difference);
            }
        }
        LanguageDirections directions = LanguageDirections.of(differences, 3);
        float[] weights = floats(directions.denseWeights(), Dense.WEIGHT);
        for (float[] difference : differences) {
            assertArrayEquals(new float[8], product(weights, difference), 1e-5f);
        }
        float[] last = {0, 0, 0, 0, 0, 0, 0, 2};
        assertArrayEquals(last, product(weights, last), 1e-6f);
    }

    private static float[] product(float[] weights, float[] vector) {
        float[] product = new float[vector.length];
        for (int out = 0; out < product.length; out++) {
            for (int in = 0; in < vector.length; in++) {
                product[out] += weights[out * vector.length + in] * vector[in];
            }
        }
        return product;
    }

    @Test
    void noDirectionAndUnequalWidthsAreRefused() {
        for (float[][] rows : List.of(new float[0][], new float[][] {{1, 0}, {1}})) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> new LanguageDirections(rows));
            assertEquals("there must be at least one direction, and all of one width", refused.getMessage());
        }
    }
}
