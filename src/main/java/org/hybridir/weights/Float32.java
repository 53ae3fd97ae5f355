package org.hybridir.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Tensors as 32-bit floats, whatever they are stored as. */
public final class Float32 {
    private static final int TILE = 64;

    private Float32() {}

    /**
     * The tensor's numbers as 32-bit floats, little-endian, in a direct buffer that begins with them. A tensor that is
     * stored so already is not copied.
     */
    public static ByteBuffer of(TensorSource source, String name) throws IOException {
        ByteBuffer stored = source.bytes(name).order(ByteOrder.LITTLE_ENDIAN);
        return switch (source.type(name)) {
            case F32 -> stored.isDirect() ? stored.slice().order(ByteOrder.LITTLE_ENDIAN) : copy(stored);
            case F16 -> widen(stored, bits -> Float.float16ToFloat(bits));
            case BF16 -> widen(stored, bits -> Float.intBitsToFloat(bits << 16));
        };
    }

    /**
     * A matrix's columns as rows.
     *
     * @param matrix rows one behind the other, from the buffer's position on, as 32-bit floats, little-endian
     * @return the same of the transposed matrix, on the heap
     */
    public static ByteBuffer transposed(ByteBuffer matrix, int rows, int columns) {
        FloatBuffer from = matrix.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        int size = Math.multiplyExact(Math.multiplyExact(rows, columns), Float.BYTES);
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer to = bytes.asFloatBuffer();
        // by tiles, so that both sides stay in the cache
        for (int row = 0; row < rows; row += TILE) {
            for (int column = 0; column < columns; column += TILE) {
                transposeTile(from, to, row, column, rows, columns);
            }
        }
        return bytes;
    }

    private static void transposeTile(FloatBuffer from, FloatBuffer to, int row, int column, int rows, int columns) {
        for (int r = row; r < Math.min(row + TILE, rows); r++) {
            for (int c = column; c < Math.min(column + TILE, columns); c++) {
                to.put(c * rows + r, from.get(r * columns + c));
            }
        }
    }

    private interface Widening {
        float of(short bits);
    }

    private static ByteBuffer widen(ByteBuffer halves, Widening widening) {
        int n = halves.remaining() / Short.BYTES;
        ByteBuffer wide = direct(Math.multiplyExact(n, Float.BYTES));
        int first = halves.position();
        for (int i = 0; i < n; i++) {
            wide.putFloat(i * Float.BYTES, widening.of(halves.getShort(first + i * Short.BYTES)));
        }
        return wide;
    }

    private static ByteBuffer copy(ByteBuffer heap) {
        ByteBuffer copy = direct(heap.remaining());
        copy.put(heap.duplicate()).flip();
        return copy;
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
