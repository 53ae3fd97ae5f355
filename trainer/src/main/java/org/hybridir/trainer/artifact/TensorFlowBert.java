package org.hybridir.trainer.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.hybridir.program.TransformerConfig;
import org.hybridir.program.TransformerWeights;
import org.hybridir.weights.DType;
import org.hybridir.weights.TensorSource;

/**
 * BERT as TensorFlow stores it, seen as HuggingFace stores it: other names, and linear layers as [out, in] where
 * TensorFlow's kernels are [in, out].
 */
final class TensorFlowBert implements TensorSource {
    private static final int TILE = 64;

    private final TensorSource checkpoint;
    private final Map<String, String> names = new LinkedHashMap<>();

    /**
     * @param checkpoint with names such as {@code module/bert/encoder/layer_0/output/dense/kernel}
     * @param root what stands before them, such as {@code module/bert/}
     */
    TensorFlowBert(TensorSource checkpoint, String root, TransformerConfig config) throws ImportException {
        this.checkpoint = checkpoint;
        for (String name : TransformerWeights.shapes(config).keySet()) {
            String stored = root + tensorFlowName(name);
            if (!checkpoint.names().contains(stored)) {
                throw new ImportException("the checkpoint lacks the tensor [" + stored + "]; fetch it again");
            }
            names.put(name, stored);
        }
    }

    /** {@code encoder.layer.3.output.dense.weight} is {@code encoder/layer_3/output/dense/kernel}. */
    static String tensorFlowName(String name) {
        String path = name.replaceFirst("^encoder\\.layer\\.(\\d+)\\.", "encoder/layer_$1/")
                .replaceFirst("LayerNorm\\.weight$", "LayerNorm/gamma")
                .replaceFirst("LayerNorm\\.bias$", "LayerNorm/beta")
                .replaceFirst("_embeddings\\.weight$", "_embeddings")
                .replaceFirst("\\.weight$", "/kernel");
        return path.replace('.', '/');
    }

    private boolean isKernel(String name) {
        return stored(name).endsWith("/kernel");
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(names.keySet());
    }

    @Override
    public DType type(String name) {
        return checkpoint.type(stored(name));
    }

    @Override
    public long[] shape(String name) {
        long[] shape = checkpoint.shape(stored(name));
        return isKernel(name) ? new long[] {shape[1], shape[0]} : shape;
    }

    @Override
    public ByteBuffer bytes(String name) throws IOException {
        ByteBuffer bytes = checkpoint.bytes(stored(name));
        if (!isKernel(name)) {
            return bytes;
        }
        long[] shape = checkpoint.shape(stored(name));
        return transpose(bytes, Math.toIntExact(shape[0]), Math.toIntExact(shape[1]));
    }

    /** By tiles, so that both sides stay in the cache. */
    static ByteBuffer transpose(ByteBuffer matrix, int rows, int columns) {
        FloatBuffer from = matrix.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        ByteBuffer bytes = ByteBuffer.allocate(rows * columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer to = bytes.asFloatBuffer();
        for (int row = 0; row < rows; row += TILE) {
            for (int column = 0; column < columns; column += TILE) {
                transposeTile(from, to, row, column, rows, columns);
            }
        }
        return bytes;
    }

    private static void transposeTile(FloatBuffer from, FloatBuffer to, int row, int column, int rows, int columns) {
        for (int r = row; r < Math.min(row + TILE, rows); r++) {
            for (int c = column; c < Math.min(column + TILE, columns); c++) {
                to.put(c * rows + r, from.get(r * columns + c));
            }
        }
    }

    private String stored(String name) {
        String stored = names.get(name);
        if (stored == null) {
            throw new IllegalArgumentException("no tensor [" + name + "]");
        }
        return stored;
    }
}
