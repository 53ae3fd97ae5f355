package org.hybridir.encoder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.hybridir.weights.DType;
import org.hybridir.weights.TensorSource;

/** Some of a source's tensors: a checkpoint brings heads and poolers along that an artifact has no use for. */
record SelectedTensors(TensorSource source, Set<String> names) implements TensorSource {
    @Override
    public DType type(String name) {
        return source.type(name);
    }

    @Override
    public long[] shape(String name) {
        return source.shape(name);
    }

    @Override
    public ByteBuffer bytes(String name) throws IOException {
        return source.bytes(name);
    }
}
