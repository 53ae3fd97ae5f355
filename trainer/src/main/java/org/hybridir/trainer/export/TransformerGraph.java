package org.hybridir.trainer.export;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.EncoderProgram;
import org.hybridir.encoder.Pooling;
import org.hybridir.program.Family;
import org.hybridir.program.TransformerConfig;

/**
 * The program of {@link org.hybridir.program.TransformerProgram} and {@link EncoderProgram} as an ONNX graph, method by
 * method under the same names, with b texts of t tokens, h = hidden and vectors of d numbers:
 *
 * <ul>
 *   <li>in: {@code input_ids} and {@code attention_mask}, 64-bit integers [b,t]
 *   <li>out: {@code token_embeddings} [b,t,h], the last layer, and {@code sentence_embedding} [b,d], of length one
 * </ul>
 *
 * <p>A weight of a linear layer is turned round to [in, out], as MatMul takes it and optimisers expect it; its name then
 * ends in {@code .T}. Attention is spelled out, since no operator of the opset does it; where a token is padding, a number
 * is added to its score that leaves nothing of it after the softmax.
 */
class TransformerGraph {
    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String TOKENS = "token_embeddings";
    static final String SENTENCE = "sentence_embedding";

    private static final Map<String, Object> LAST_AXIS = Map.of("axis", -1L);

    final Artifact artifact;
    final TransformerConfig config;
    final Map<String, Weight> weights = new LinkedHashMap<>();
    final OnnxGraph graph;

    TransformerGraph(Artifact artifact) {
        this.artifact = artifact;
        this.config = artifact.config();
        this.graph = new OnnxGraph(artifact.manifest().name());
        Weight.of(artifact).forEach(weight -> weights.put(weight.name(), weight));
    }

    /** The whole encoder of an artifact. */
    static OnnxGraph of(Artifact artifact) {
        return new TransformerGraph(artifact).build();
    }

    final OnnxGraph build() {
        graph.scalar("zero", 0L);
        graph.scalar("one", 1L);
        graph.scalar("shortest", 1e-12f);
        layerConstants();
        embed();
        return graph;
    }

    /** Those that the layers use. */
    void layerConstants() {
        graph.scalar("masked", -Float.MAX_VALUE);
        graph.scalar("unmasked", 0f);
        graph.scalar("attention.scale", (float) Math.sqrt((double) config.hidden() / config.heads()));
        graph.scalar("gelu.sqrt2", (float) Math.sqrt(2));
        graph.scalar("gelu.one", 1f);
        graph.scalar("gelu.half", 0.5f);
        graph.list("axes.1.2", 1, 2);
        graph.list("shape.split", 0, 0, config.heads(), config.hidden() / config.heads());
        graph.list("shape.join", 0, 0, config.hidden());
    }

    private void embed() {
        graph.input(IDS, OnnxGraph.INT64, "batch", "sequence");
        graph.input(MASK, OnnxGraph.INT64, "batch", "sequence");
        head(tokens(forward()));
        graph.output(SENTENCE, OnnxGraph.FLOAT, "batch", (long) artifact.dimension());
    }

    private String forward() {
        String seen = seen();
        String x = embeddings();
        for (int i = 0; i < config.layers(); i++) {
            x = layer("encoder.layer." + i + ".", x, seen);
        }
        return x;
    }

    /** What goes out of the last layer. */
    String tokens(String x) {
        graph.output(TOKENS, OnnxGraph.FLOAT, "batch", "sequence", (long) config.hidden());
        return graph.node(TOKENS, "Identity", x);
    }

    /** What tells attention which tokens are padding. */
    String seen() {
        String masked = graph.node("seen.masked", "Equal", MASK, "zero");
        String bias = graph.node("seen.bias", "Where", masked, "masked", "unmasked");
        return graph.node("seen", "Unsqueeze", bias, "axes.1.2");
    }

    private String embeddings() {
        String words = lookUp("embeddings.word_embeddings", IDS);
        String places = lookUp("embeddings.position_embeddings", positions());
        String kind = lookUp("embeddings.token_type_embeddings", "zero");
        return embeddings(words, places, kind);
    }

    /** Sum and norm of words [b,t,h], places [t,h] or [b,t,h] and kind [h]. */
    String embeddings(String words, String places, String kind) {
        String placed = graph.node("embeddings.placed", "Add", words, places);
        return norm("embeddings.LayerNorm", graph.node("embeddings.sum", "Add", placed, kind));
    }

    private String lookUp(String name, String rows) {
        return graph.node(name, "Gather", graph.weight(weights.get(name + ".weight")), rows);
    }

    private String positions() {
        return config.family() == Family.BERT ? bertPositions() : xlmRobertaPositions();
    }

    private String bertPositions() {
        String shape = graph.node("positions.shape", "Shape", IDS);
        String length = graph.node("positions.length", "Gather", shape, "one");
        return graph.node("positions", "Range", "zero", length, "one");
    }

    private String xlmRobertaPositions() {
        graph.scalar("pad", (long) config.padId());
        String padding = graph.node("positions.padding", "Equal", IDS, "pad");
        String token = graph.node("positions.token", "Not", padding);
        String real = graph.node("positions.real", "Cast", Map.of("to", (long) OnnxGraph.INT64), token);
        String count = graph.node("positions.count", "CumSum", real, "one");
        String counted = graph.node("positions.counted", "Mul", count, real);
        return graph.node("positions", "Add", counted, "pad");
    }

    String layer(String name, String x, String seen) {
        String mixed = attention(name + "attention.", x, seen);
        String attended =
                norm(name + "attention.output.LayerNorm", graph.node(name + "attention.residual", "Add", mixed, x));
        String inner = gelu(name + "intermediate.gelu", linear(name + "intermediate.dense", attended));
        String outer = linear(name + "output.dense", inner);
        return norm(name + "output.LayerNorm", graph.node(name + "output.residual", "Add", outer, attended));
    }

    private String attention(String name, String x, String seen) {
        String query = split(name + "query", linear(name + "self.query", x), 0, 2, 1, 3);
        String key = split(name + "key", linear(name + "self.key", x), 0, 2, 3, 1);
        String value = split(name + "value", linear(name + "self.value", x), 0, 2, 1, 3);
        String products = graph.node(name + "products", "MatMul", query, key);
        String scores = graph.node(name + "scores", "Div", products, "attention.scale");
        String visible = graph.node(name + "visible", "Add", scores, seen);
        String shares = graph.node(name + "shares", "Softmax", LAST_AXIS, visible);
        String mixed = graph.node(name + "mixed", "MatMul", shares, value);
        String turned = graph.node(name + "turned", "Transpose", Map.of("perm", new long[] {0, 2, 1, 3}), mixed);
        String joined = graph.node(name + "joined", "Reshape", turned, "shape.join");
        return linear(name + "output.dense", joined);
    }

    private String split(String name, String x, long... order) {
        String heads = graph.node(name + ".heads", "Reshape", x, "shape.split");
        return graph.node(name, "Transpose", Map.of("perm", order), heads);
    }

    private String linear(String name, String x) {
        String product = graph.node(name + ".product", "MatMul", x, graph.transposed(weights.get(name + ".weight")));
        return graph.node(name, "Add", product, graph.weight(weights.get(name + ".bias")));
    }

    private String norm(String name, String x) {
        String scale = graph.weight(weights.get(name + ".weight"));
        String shift = graph.weight(weights.get(name + ".bias"));
        Map<String, Object> attributes = Map.of("axis", -1L, "epsilon", (float) config.layerNormEps());
        return graph.node(name, "LayerNormalization", attributes, x, scale, shift);
    }

    /** The exact one, x (1 + erf(x / sqrt 2)) / 2. */
    private String gelu(String name, String x) {
        String scaled = graph.node(name + ".scaled", "Div", x, "gelu.sqrt2");
        String erf = graph.node(name + ".erf", "Erf", scaled);
        String share = graph.node(name + ".share", "Add", erf, "gelu.one");
        String doubled = graph.node(name + ".doubled", "Mul", x, share);
        return graph.node(name, "Mul", doubled, "gelu.half");
    }

    private void head(String tokens) {
        String pooled = artifact.layout().pooling() == Pooling.CLS ? first(tokens) : mean(tokens);
        String vectors = artifact.layout().dense().isPresent() ? dense(pooled) : pooled;
        Map<String, Object> rows = Map.of("axes", new long[] {1}, "keepdims", 1L);
        String lengths = graph.node("lengths", "ReduceL2", rows, vectors);
        graph.node(SENTENCE, "Div", vectors, graph.node("lengths.clamped", "Max", lengths, "shortest"));
    }

    private String first(String tokens) {
        return graph.node("pooled", "Gather", Map.of("axis", 1L), tokens, "zero");
    }

    private String mean(String tokens) {
        graph.list("axis.1", 1);
        graph.list("axis.2", 2);
        Map<String, Object> flat = Map.of("keepdims", 0L);
        String numbers = graph.node("pooled.mask", "Cast", Map.of("to", (long) OnnxGraph.FLOAT), MASK);
        String real = graph.node("pooled.real", "Unsqueeze", numbers, "axis.2");
        String kept = graph.node("pooled.kept", "Mul", tokens, real);
        String sum = graph.node("pooled.sum", "ReduceSum", flat, kept, "axis.1");
        String count = graph.node("pooled.count", "ReduceSum", flat, real, "axis.1");
        return graph.node("pooled", "Div", sum, count);
    }

    private String dense(String pooled) {
        String vectors = linear(EncoderProgram.DENSE + "linear", pooled);
        boolean tanh = artifact.layout().dense().orElseThrow().tanh();
        return tanh ? graph.node(EncoderProgram.DENSE + "tanh", "Tanh", vectors) : vectors;
    }
}
