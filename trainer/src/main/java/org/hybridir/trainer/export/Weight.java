package org.hybridir.trainer.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.EncoderProgram;
import org.hybridir.weights.Float32;
import org.hybridir.weights.TensorSource;

/**
 * One tensor of an encoder, whose numbers are read when they are written and not kept.
 *
 * @param name as of {@link EncoderProgram#shapes}
 * @param shape rows first
 * @param source where its numbers lie
 * @param key its name there
 */
record Weight(String name, long[] shape, TensorSource source, String key) {
    /** All tensors of an encoder, in the order of {@link EncoderProgram#shapes}. */
    static List<Weight> of(Artifact artifact) {
        List<Weight> weights = new ArrayList<>();
        for (Map.Entry<String, long[]> tensor : EncoderProgram.shapes(artifact).entrySet()) {
            String name = tensor.getKey();
            boolean dense = name.startsWith(EncoderProgram.DENSE);
            weights.add(new Weight(
                    name,
                    tensor.getValue(),
                    dense ? artifact.denseWeights().orElseThrow() : artifact.weights(),
                    dense ? name.substring(EncoderProgram.DENSE.length()) : name));
        }
        return weights;
    }

    /** How many numbers it has. */
    long size() {
        long size = 1;
        for (long length : shape) {
            size = Math.multiplyExact(size, length);
        }
        return size;
    }

    /** Its numbers as 32-bit floats, little-endian, row by row. */
    ByteBuffer bytes() throws IOException {
        return Float32.of(source, key);
    }

    /** The numbers of a matrix as 32-bit floats, little-endian, column by column. */
    ByteBuffer transposedBytes() throws IOException {
        int rows = Math.toIntExact(shape[0]);
        int columns = Math.toIntExact(shape[1]);
        return Float32.transposed(bytes(), rows, columns);
    }
}
