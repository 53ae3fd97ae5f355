package org.hybridir.trainer.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.hybridir.program.TransformerConfig;
import org.hybridir.program.TransformerWeights;
import org.hybridir.weights.DType;
import org.hybridir.weights.Float32;
import org.hybridir.weights.TensorSource;

/**
 * BERT as TensorFlow stores it, seen as HuggingFace stores it: other names, and linear layers as [out, in] where
 * TensorFlow's kernels are [in, out].
 */
final class TensorFlowBert implements TensorSource {
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
        return Float32.transposed(bytes, Math.toIntExact(shape[0]), Math.toIntExact(shape[1]));
    }

    private String stored(String name) {
        String stored = names.get(name);
        if (stored == null) {
            throw new IllegalArgumentException("no tensor [" + name + "]");
        }
        return stored;
    }
}
