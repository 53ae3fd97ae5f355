package org.hybridir.program;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hybridir.weights.Float32;
import org.hybridir.weights.TensorSource;

/**
 * The tensors that a transformer takes: names, shapes and order, in this one place. The names are HuggingFace's for the
 * BERT and XLM-R families, without the model's prefix ({@code bert.}, {@code roberta.}); a linear layer's weight is
 * [out, in]. The order is the order of the program's argument {@code weights}.
 */
public final class TransformerWeights {
    /** Tensors before the first layer. */
    static final int EMBEDDINGS = 5;
    /** Tensors of a layer. */
    static final int PER_LAYER = 16;

    private TransformerWeights() {}

    /** Name to shape, in the program's order. */
    public static Map<String, long[]> shapes(TransformerConfig config) {
        long hidden = config.hidden();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("embeddings.word_embeddings.weight", new long[] {config.vocabulary(), hidden});
        shapes.put("embeddings.position_embeddings.weight", new long[] {config.positions(), hidden});
        shapes.put("embeddings.token_type_embeddings.weight", new long[] {config.tokenTypes(), hidden});
        layerNorm(shapes, "embeddings.LayerNorm", hidden);
        for (int i = 0; i < config.layers(); i++) {
            layer(shapes, "encoder.layer." + i + ".", hidden, config.intermediate());
        }
        return shapes;
    }

    private static void layer(Map<String, long[]> shapes, String prefix, long hidden, long intermediate) {
        linear(shapes, prefix + "attention.self.query", hidden, hidden);
        linear(shapes, prefix + "attention.self.key", hidden, hidden);
        linear(shapes, prefix + "attention.self.value", hidden, hidden);
        linear(shapes, prefix + "attention.output.dense", hidden, hidden);
        layerNorm(shapes, prefix + "attention.output.LayerNorm", hidden);
        linear(shapes, prefix + "intermediate.dense", intermediate, hidden);
        linear(shapes, prefix + "output.dense", hidden, intermediate);
        layerNorm(shapes, prefix + "output.LayerNorm", hidden);
    }

    private static void linear(Map<String, long[]> shapes, String name, long outputs, long inputs) {
        shapes.put(name + ".weight", new long[] {outputs, inputs});
        shapes.put(name + ".bias", new long[] {outputs});
    }

    private static void layerNorm(Map<String, long[]> shapes, String name, long hidden) {
        shapes.put(name + ".weight", new long[] {hidden});
        shapes.put(name + ".bias", new long[] {hidden});
    }

    /**
     * Checks that a source holds every expected tensor in its shape and a type that is read; it may hold more.
     *
     * @param expected name to shape, as of {@link #shapes}
     * @throws IllegalArgumentException naming the tensor, what was found and what is expected
     */
    public static void check(Map<String, long[]> expected, TensorSource source) {
        for (Map.Entry<String, long[]> tensor : expected.entrySet()) {
            if (!source.names().contains(tensor.getKey())) {
                throw new IllegalArgumentException("the tensor [" + tensor.getKey() + "] of shape "
                        + Arrays.toString(tensor.getValue()) + " is missing");
            }
            source.type(tensor.getKey());
            long[] found = source.shape(tensor.getKey());
            if (!Arrays.equals(found, tensor.getValue())) {
                throw new IllegalArgumentException("the tensor [" + tensor.getKey() + "] has the shape "
                        + Arrays.toString(found) + ", and the configuration asks for "
                        + Arrays.toString(tensor.getValue()));
            }
        }
    }

    /**
     * Hands tensors over to PyTorch as 32-bit floats, in the order of {@code expected}. Those that lie in a mapped file
     * as F32 are not copied, so they are read-only: training must duplicate them.
     *
     * @param manager owns the arrays; the source must stay open as long as they live
     */
    public static NDList load(Map<String, long[]> expected, TensorSource source, NDManager manager) throws IOException {
        check(expected, source);
        NDList arrays = new NDList(expected.size());
        for (Map.Entry<String, long[]> tensor : expected.entrySet()) {
            arrays.add(load(source, tensor.getKey(), new Shape(tensor.getValue()), manager));
        }
        return arrays;
    }

    private static NDArray load(TensorSource source, String name, Shape shape, NDManager manager) throws IOException {
        return switch (source.type(name)) {
            case F32 -> manager.create(Float32.of(source, name), shape, DataType.FLOAT32);
            case F16 -> {
                try (NDArray half = manager.create(source.bytes(name).slice(), shape, DataType.FLOAT16)) {
                    yield half.toType(DataType.FLOAT32, true);
                }
            }
            case BF16 -> {
                // DJL's bridge ends the process at a bfloat16, so it never sees one
                try (NDArray wide = manager.create(Float32.of(source, name), shape, DataType.FLOAT32)) {
                    yield wide.duplicate();
                }
            }
        };
    }
}
