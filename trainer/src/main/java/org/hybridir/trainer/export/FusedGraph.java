package org.hybridir.trainer.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hybridir.encoder.Artifact;

/**
 * The same encoder in the operators that only ONNX Runtime has, which do a whole attention, or a residual, bias and norm, at
 * once: as fast as that runtime can be made. Not for other runtimes, and no export; a peer to compare speed with.
 *
 * <ul>
 *   <li>in: {@value TransformerGraph#IDS} and {@value TransformerGraph#MASK}, 64-bit integers [b,t]
 *   <li>out: {@value TransformerGraph#SENTENCE} [b,d], of length one
 * </ul>
 */
public final class FusedGraph extends TransformerGraph {
    /** What the weights of linear layers are, and so what they are multiplied as. */
    public enum Numbers {
        /** 32-bit floating point. */
        FP32,
        /** 8-bit integers with a scale for each output; what they are multiplied with is quantised when it is known. */
        INT8
    }

    private static final Map<String, Object> NONE = Map.of();

    private final Numbers numbers;

    private FusedGraph(Artifact artifact, Numbers numbers) {
        super(artifact);
        this.numbers = numbers;
    }

    /**
     * Writes the encoder to a folder as two files: a graph, and its large weights.
     *
     * @return the graph's file
     */
    public static Path write(Artifact artifact, Numbers numbers, Path folder) throws IOException {
        Path file = folder.resolve("fused.onnx");
        OnnxFile.write(new FusedGraph(artifact, numbers).build(), file, folder.resolve("fused.onnx.data"));
        return file;
    }

    @Override
    void layerConstants() {}

    @Override
    String tokens(String x) {
        return x;
    }

    @Override
    String seen() {
        return graph.node("seen", "Cast", Map.of("to", (long) OnnxGraph.INT32), MASK);
    }

    @Override
    String embeddings(String words, String places, String kind) {
        return norm("embeddings.LayerNorm", words, places, kind);
    }

    @Override
    String layer(String name, String x, String seen) {
        LinearWeights out = linear(name + "attention.output.dense");
        String mixed = product(out, attention(name + "attention.", x, seen));
        String attended = norm(name + "attention.output.LayerNorm", mixed, x, bias(out));
        LinearWeights up = linear(name + "intermediate.dense");
        String inner = graph.fused(name + "gelu", "BiasGelu", NONE, product(up, attended), bias(up));
        LinearWeights down = linear(name + "output.dense");
        return norm(name + "output.LayerNorm", product(down, inner), attended, bias(down));
    }

    private LinearWeights linear(String... names) {
        return new LinearWeights(
                List.of(names),
                Stream.of(names).map(name -> weights.get(name + ".weight")).toList(),
                Stream.of(names).map(name -> weights.get(name + ".bias")).toList());
    }

    private String attention(String name, String x, String seen) {
        LinearWeights all = linear(name + "self.query", name + "self.key", name + "self.value");
        Map<String, Object> heads = Map.of("num_heads", (long) config.heads(), "mask_filter_value", -Float.MAX_VALUE);
        if (numbers == Numbers.FP32) {
            return graph.fused(name + "mixed", "Attention", heads, x, float32(all), bias(all), seen);
        }
        List<String> quantised = List.of(name + "x", name + "x.scale", name + "x.zero");
        graph.node("", "DynamicQuantizeLinear", NONE, List.of(x), quantised);
        return graph.fused(
                name + "mixed",
                "QAttention",
                heads,
                quantised.get(0),
                int8(all),
                bias(all),
                quantised.get(1),
                scales(all),
                seen,
                quantised.get(2));
    }

    /** Of [b,t,in] and a layer's weight, without the bias. */
    private String product(LinearWeights layer, String x) {
        String value = name(layer) + ".product";
        return numbers == Numbers.FP32
                ? graph.node(value, "MatMul", x, float32(layer))
                : graph.fused(value, "DynamicQuantizeMatMul", NONE, x, int8(layer), scales(layer));
    }

    /** The norm of the sum of all three. */
    private String norm(String name, String x, String residual, String bias) {
        String scale = graph.weight(weights.get(name + ".weight"));
        String shift = graph.weight(weights.get(name + ".bias"));
        Map<String, Object> epsilon = Map.of("epsilon", (float) config.layerNormEps());
        return graph.fused(name, "SkipLayerNormalization", epsilon, x, residual, scale, shift, bias);
    }

    private String float32(LinearWeights layer) {
        long[] shape = {layer.inputs(), layer.outputs()};
        long bytes = shape[0] * shape[1] * Float.BYTES;
        return graph.constant(name(layer) + ".T", OnnxGraph.FLOAT, shape, bytes, layer::float32);
    }

    private String int8(LinearWeights layer) {
        long[] shape = {layer.inputs(), layer.outputs()};
        return graph.constant(name(layer) + ".int8", OnnxGraph.INT8, shape, shape[0] * shape[1], layer::int8);
    }

    private String scales(LinearWeights layer) {
        return perOutput(layer, ".scales", layer::scales);
    }

    private String bias(LinearWeights layer) {
        return perOutput(layer, ".bias", layer::bias);
    }

    private String perOutput(LinearWeights layer, String what, OnnxGraph.Numbers read) {
        long[] shape = {layer.outputs()};
        return graph.constant(name(layer) + what, OnnxGraph.FLOAT, shape, shape[0] * Float.BYTES, read);
    }

    private static String name(LinearWeights layer) {
        return layer.names().getFirst();
    }
}
