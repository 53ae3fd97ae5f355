package org.hybridir.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tensors as 32-bit floats, whatever they are stored as. */
public final class Float32 {
    private Float32() {}

    /**
     * The tensor's numbers as 32-bit floats, little-endian, in a direct buffer. A tensor that is stored so already is not
     * copied.
     */
    public static ByteBuffer of(TensorSource source, String name) throws IOException {
        ByteBuffer stored = source.bytes(name).order(ByteOrder.LITTLE_ENDIAN);
        return switch (source.type(name)) {
            case F32 -> stored.isDirect() ? stored : copy(stored);
            case F16 -> widen(stored, bits -> Float.float16ToFloat(bits));
            case BF16 -> widen(stored, bits -> Float.intBitsToFloat(bits << 16));
        };
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
