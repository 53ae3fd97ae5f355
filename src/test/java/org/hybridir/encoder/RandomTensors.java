package org.hybridir.encoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.hybridir.weights.DType;
import org.hybridir.weights.InMemoryTensors;

/** Random weights for tests, always the same ones for the same seed. */
final class RandomTensors {
    private RandomTensors() {}

    /** Layer norms scale by about one, everything else is centred at zero. */
    static InMemoryTensors of(Map<String, long[]> shapes, DType type, long seed) {
        Random random = new Random(seed);
        InMemoryTensors tensors = new InMemoryTensors();
        shapes.forEach((name, shape) -> {
            float centre = name.endsWith("LayerNorm.weight") ? 1 : 0;
            int count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
            ByteBuffer bytes = ByteBuffer.allocate(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < count; i++) {
                put(bytes, type, centre + 0.2f * (float) random.nextGaussian());
            }
            tensors.put(name, type, shape, bytes.flip());
        });
        return tensors;
    }

    private static void put(ByteBuffer bytes, DType type, float number) {
        switch (type) {
            case F32 -> bytes.putFloat(number);
            case F16 -> bytes.putShort(Float.floatToFloat16(number));
            case BF16 -> bytes.putShort((short) (Float.floatToRawIntBits(number) >>> 16));
        }
    }
}
