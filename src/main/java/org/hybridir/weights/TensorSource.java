package org.hybridir.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/** Named tensors that can be read, wherever they lie. */
public interface TensorSource {
    /** All names. */
    Set<String> names();

    /**
     * The type of the tensor's numbers.
     *
     * @throws IllegalArgumentException if it is none that weights are read as
     */
    DType type(String name);

    /** Rows first. */
    long[] shape(String name);

    /** The tensor's numbers, row-major, little-endian; direct if the source is a mapped file. */
    ByteBuffer bytes(String name) throws IOException;
}
