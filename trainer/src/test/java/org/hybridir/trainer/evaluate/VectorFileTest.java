package org.hybridir.trainer.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Random;
import org.hybridir.measure.VectorRows;
import org.junit.jupiter.api.Test;

class VectorFileTest {
    @Test
    void holdsWhatWasAppended() throws IOException {
        float[][] vectors = new float[100][3];
        Random random = new Random(1);
        try (VectorFile file = VectorFile.create()) {
            for (float[] vector : vectors) {
                for (int k = 0; k < vector.length; k++) {
                    vector[k] = random.nextFloat() - .5f;
                }
                file.append(vector);
            }
            VectorRows rows = file.rows();
            assertEquals(100, rows.size());
            assertEquals(3, rows.dimension());
            float[] expected = new float[12];
            VectorRows.of(vectors).copy(41, 4, expected);
            float[] copied = new float[12];
            rows.copy(41, 4, copied);
            assertArrayEquals(expected, copied);
            assertArrayEquals(vectors[43], new float[] {copied[6], copied[7], copied[8]});
        }
    }

    @Test
    void maybeEmpty() throws IOException {
        try (VectorFile file = VectorFile.create()) {
            assertEquals(0, file.rows().size());
        }
    }

    /** Copies that cross from one mapping to the next: mappings of two rows each. */
    @Test
    void rowsOfSeveralMappings() throws IOException {
        try (VectorFile file = VectorFile.create()) {
            for (int i = 0; i < 7; i++) {
                file.append(new float[] {i, -i});
            }
            VectorRows rows = file.rows(2 * 2 * Float.BYTES);
            float[] copied = new float[10];
            rows.copy(1, 5, copied);
            assertArrayEquals(new float[] {1, -1, 2, -2, 3, -3, 4, -4, 5, -5}, copied);
        }
    }

    @Test
    void refusesAnotherDimension() throws IOException {
        try (VectorFile file = VectorFile.create()) {
            file.append(new float[] {1, 2});
            assertEquals(
                    "the vector on place [1] has [1] dimensions, the first one [2]",
                    assertThrows(IllegalArgumentException.class, () -> file.append(new float[] {1}))
                            .getMessage());
        }
    }
}
