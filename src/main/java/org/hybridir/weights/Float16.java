package org.hybridir.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * Tensors rounded to 16-bit floats (IEEE 754 binary16) when they are read, to the nearest, ties to even. {@link Float32} is
 * the way back.
 *
 * @param source of the same tensors, in any type
 */
public record Float16(TensorSource source) implements TensorSource {
    /** The largest that there is; what rounds to more has no 16-bit float. */
    private static final float LARGEST = 65504;

    @Override
    public Set<String> names() {
        return source.names();
    }

    @Override
    public DType type(String name) {
        return DType.F16;
    }

    @Override
    public long[] shape(String name) {
        return source.shape(name);
    }

    /** @throws WeightsException if a number is too large, or is none */
    @Override
    public ByteBuffer bytes(String name) throws IOException {
        ByteBuffer wide = Float32.of(source, name);
        int n = wide.remaining() / Float.BYTES;
        ByteBuffer halves = ByteBuffer.allocateDirect(n * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < n; i++) {
            float value = wide.getFloat(i * Float.BYTES);
            short half = Float.floatToFloat16(value);
            if (!Float.isFinite(Float.float16ToFloat(half))) {
                throw new WeightsException("the tensor [" + name + "] holds the number [" + value
                        + "]; 16-bit floats are from [-" + LARGEST + "] to [" + LARGEST + "]");
            }
            halves.putShort(i * Short.BYTES, half);
        }
        return halves;
    }
}
