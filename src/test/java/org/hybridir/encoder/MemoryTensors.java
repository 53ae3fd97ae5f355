package org.hybridir.encoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.hybridir.weights.DType;
import org.hybridir.weights.TensorSource;

/** Tensors made in a test; all of one type, into which the numbers are rounded. */
public final class MemoryTensors implements TensorSource {
    private final DType type;
    private final Map<String, long[]> shapes = new LinkedHashMap<>();
    private final Map<String, float[]> values = new LinkedHashMap<>();

    public MemoryTensors(DType type) {
        this.type = type;
    }

    /** Random tensors; layer norms scale by about one, everything else is centred at zero. */
    public static MemoryTensors random(Map<String, long[]> shapes, DType type, long seed) {
        Random random = new Random(seed);
        MemoryTensors tensors = new MemoryTensors(type);
        shapes.forEach((name, shape) -> {
            boolean scale = name.endsWith("LayerNorm.weight");
            float[] numbers = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) (0.2 * random.nextGaussian() + (scale ? 1 : 0));
            }
            tensors.put(name, shape, numbers);
        });
        return tensors;
    }

    public MemoryTensors put(String name, long[] shape, float[] numbers) {
        shapes.put(name, shape);
        values.put(name, numbers);
        return this;
    }

    public MemoryTensors remove(String name) {
        shapes.remove(name);
        values.remove(name);
        return this;
    }

    @Override
    public Set<String> names() {
        return shapes.keySet();
    }

    @Override
    public DType type(String name) {
        return type;
    }

    @Override
    public long[] shape(String name) {
        return shapes.get(name);
    }

    @Override
    public ByteBuffer bytes(String name) {
        float[] numbers = values.get(name);
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : numbers) {
            switch (type) {
                case F32 -> bytes.putFloat(number);
                case F16 -> bytes.putShort(Float.floatToFloat16(number));
                case BF16 -> bytes.putShort((short) (Float.floatToRawIntBits(number) >>> 16));
            }
        }
        return bytes.flip();
    }

    /** The numbers of a tensor as its type holds them. */
    public double[] numbers(String name) {
        ByteBuffer bytes = bytes(name);
        double[] numbers = new double[values.get(name).length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (type) {
                case F32 -> bytes.getFloat();
                case F16 -> Float.float16ToFloat(bytes.getShort());
                case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
            };
        }
        return numbers;
    }
}
