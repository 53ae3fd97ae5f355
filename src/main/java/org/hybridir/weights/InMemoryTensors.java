package org.hybridir.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Tensors in memory, in the order in which they were put. */
public final class InMemoryTensors implements TensorSource {
    private record Entry(Tensor tensor, ByteBuffer bytes) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * Puts a tensor of 32-bit floats.
     *
     * @param shape rows first; its product is the number of values
     */
    public InMemoryTensors put(String name, long[] shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return put(name, DType.F32, shape, bytes);
    }

    /**
     * Puts a tensor.
     *
     * @param bytes its numbers, row-major, little-endian
     */
    public InMemoryTensors put(String name, DType type, long[] shape, ByteBuffer bytes) {
        Tensor tensor = new Tensor(type, shape.clone());
        if (tensor.bytes() != bytes.remaining()) {
            throw new IllegalArgumentException("tensor [" + name + "] of " + type + " " + Arrays.toString(shape)
                    + " needs [" + tensor.bytes() + "] bytes, not [" + bytes.remaining() + "]");
        }
        entries.put(name, new Entry(tensor, bytes.duplicate()));
        return this;
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    @Override
    public DType type(String name) {
        return entry(name).tensor.type();
    }

    @Override
    public long[] shape(String name) {
        return entry(name).tensor.shape().clone();
    }

    @Override
    public ByteBuffer bytes(String name) {
        return entry(name).bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("no tensor [" + name + "]");
        }
        return entry;
    }
}
