package org.hybridir.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/** Named tensors that can be read, wherever they lie. */
public interface TensorSource {
    /** All names. */
    Set<String> names();

    DType type(String name);

    /** Rows first. */
    long[] shape(String name);

    /** The tensor's numbers, row-major, little-endian; direct if the source is a mapped file. */
    ByteBuffer bytes(String name) throws IOException;
}
