package org.hybridir.trainer.model;

import ai.djl.pytorch.engine.PtNDArray;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.hybridir.weights.DType;
import org.hybridir.weights.TensorSource;

/** PyTorch's arrays of 32-bit floats as named tensors; each is copied when it is read. */
record ArrayTensors(Map<String, long[]> shapes, Function<String, ByteBuffer> read) implements TensorSource {
    static <T> ArrayTensors of(Map<String, T> things, Function<T, PtNDArray> array) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        things.forEach(
                (name, thing) -> shapes.put(name, array.apply(thing).getShape().getShape()));
        return new ArrayTensors(shapes, name -> DualEncoder.bytes(array.apply(things.get(name))));
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(shapes.keySet());
    }

    @Override
    public DType type(String name) {
        return DType.F32;
    }

    @Override
    public long[] shape(String name) {
        return shapes.get(name);
    }

    @Override
    public ByteBuffer bytes(String name) {
        return read.apply(name);
    }
}
