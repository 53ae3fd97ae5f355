package org.hybridir.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Float32Test {
    /** Fewer than a tile's 64, just as many, and some more. */
    @ParameterizedTest
    @CsvSource({"1,1", "2,3", "64,64", "65,63", "130,70"})
    void transposesMatricesOfAnyShape(int rows, int columns) {
        // four bytes before them that are no part of the matrix
        ByteBuffer matrix = ByteBuffer.allocate(4 + 4 * rows * columns).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = -1; i < rows * columns; i++) {
            matrix.putFloat(i);
        }
        ByteBuffer transposed = Float32.transposed(matrix.position(4), rows, columns);
        assertEquals(4 * rows * columns, transposed.remaining());
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                assertEquals(row * columns + column, transposed.getFloat(4 * (column * rows + row)));
            }
        }
    }

    @Test
    void beginsWithTheTensorWhereverItStands() throws IOException {
        ByteBuffer stored = ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN);
        stored.putFloat(0, 5).putFloat(4, 7).position(4);
        TensorSource source = new TensorSource() {
            @Override
            public Set<String> names() {
                return Set.of("x");
            }

            @Override
            public DType type(String name) {
                return DType.F32;
            }

            @Override
            public long[] shape(String name) {
                return new long[] {1};
            }

            @Override
            public ByteBuffer bytes(String name) {
                return stored;
            }
        };
        ByteBuffer floats = Float32.of(source, "x");
        assertEquals(4, floats.remaining());
        assertEquals(7f, floats.getFloat(0));
    }
}
