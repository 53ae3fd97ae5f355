package org.hybridir.encoder;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hybridir.program.LayerArithmetic;
import org.hybridir.program.PackedLayers;
import org.hybridir.program.Precision;
import org.hybridir.program.TransformerProgram;
import org.hybridir.program.TransformerWeights;

/** The whole way from token ids to a text's vector as a TorchScript program, for training and for export, and as it serves. */
public final class EncoderProgram {
    private static final String EMBED = """
              def unit(self: __torch__.Transformer, pooled: Tensor, weights: List[Tensor]) -> Tensor:
                vectors = {dense}
                return vectors / torch.clamp_min(torch.norm(vectors, 2, [1], True), 1.0e-12)
              def head(self: __torch__.Transformer, tokens: Tensor, mask: Tensor, weights: List[Tensor]) -> Tensor:
                real = torch.to(torch.unsqueeze(mask, 2), 6)
                return self.unit({pooling}, weights)
              def embed(self: __torch__.Transformer, ids: Tensor, mask: Tensor, weights: List[Tensor]) -> Tensor:
                return self.head(self.forward(ids, mask, weights), mask, weights)
            """;

    private static final String SERVE = """
              def embed_packed(self: __torch__.Transformer, ids: Tensor, mask: Tensor, weights: List[Tensor], packed: {packed}) -> Tensor:
                return self.head(self.serve(ids, mask, weights, packed), mask, weights)
              def tokens_of_one(self: __torch__.Transformer, ids: List[int], weights: List[Tensor], packed: {packed}) -> Tensor:
                return self.serve_one(torch.unsqueeze(torch.tensor(ids, dtype=4), 0), weights, packed)
              def numbers(self: __torch__.Transformer, x: Tensor) -> List[float]:
                flat = torch.reshape(x, [-1])
                return annotate(List[float], flat.tolist())
              def encode_one(self: __torch__.Transformer, ids: List[int], weights: List[Tensor], packed: {packed}) -> List[float]:
                return self.numbers(self.tokens_of_one(ids, weights, packed))
              def embed_one(self: __torch__.Transformer, ids: List[int], weights: List[Tensor], packed: {packed}) -> List[float]:
                tokens = self.tokens_of_one(ids, weights, packed)
                return self.numbers(self.unit({pooling_of_one}, weights))
            """;

    private EncoderProgram() {}

    /**
     * The program that serves: {@link #text}'s methods, {@link PackedLayers}', and what give the same as {@code embed}: {@code
     * embed_packed(ids [b,t], mask [b,t], weights, packed) -> [b,d]}. For one text, {@code embed_one(ids, weights, packed)} gives
     * the d numbers of its vector, and {@code encode_one} the t h numbers of its tokens' vectors, row by row; ids and numbers are
     * lists, since arrays of DJL cost a short query more than lists do.
     */
    static String serving(Artifact artifact, LayerArithmetic arithmetic) {
        return text(
                artifact,
                arithmetic.precision(),
                0,
                PackedLayers.methods(artifact.config(), arithmetic),
                SERVE.replace("{packed}", PackedLayers.PACKED)
                        .replace("{pooling_of_one}", artifact.layout().pooling().expressionOfOne()));
    }

    /**
     * The program's text: {@link TransformerProgram}'s methods, {@code head(tokens [b,t,h], mask [b,t], weights) -> [b,d]}
     * (pooling, the dense layer if there is one, length one) and {@code embed(ids [b,t], mask [b,t], weights) -> [b,d]}.
     *
     * @param methods further methods, as for {@link TransformerProgram#text}
     */
    public static String text(Artifact artifact, Precision precision, double dropout, String... methods) {
        String[] all = new String[methods.length + 1];
        all[0] = embed(artifact);
        System.arraycopy(methods, 0, all, 1, methods.length);
        return TransformerProgram.text(artifact.config(), precision, dropout, all);
    }

    private static String embed(Artifact artifact) {
        int at = TransformerWeights.shapes(artifact.config()).size();
        String dense = artifact.layout()
                .dense()
                .map(layer -> "torch.linear(pooled, weights[" + at + "], weights[" + (at + 1) + "])")
                .orElse("pooled");
        boolean tanh = artifact.layout().dense().map(Dense::tanh).orElse(false);
        return EMBED.replace("{pooling}", artifact.layout().pooling().expression())
                .replace("{dense}", tanh ? "torch.tanh(" + dense + ")" : dense);
    }

    /**
     * Name to shape of the program's {@code weights}, in order: the transformer's, then the dense layer's, whose names
     * begin with {@value #DENSE}.
     */
    public static Map<String, long[]> shapes(Artifact artifact) {
        Map<String, long[]> shapes = new LinkedHashMap<>(TransformerWeights.shapes(artifact.config()));
        artifact.layout().dense().ifPresent(dense -> dense.shapes()
                .forEach((name, shape) -> shapes.put(DENSE + name, shape)));
        return shapes;
    }

    /** Before the names of the dense layer's tensors. */
    public static final String DENSE = "dense.";

    /** The artifact's tensors in the order of {@link #shapes}; see {@link TransformerWeights#load}. */
    public static NDList weights(Artifact artifact, NDManager manager) throws IOException {
        NDList arrays =
                TransformerWeights.load(TransformerWeights.shapes(artifact.config()), artifact.weights(), manager);
        if (artifact.layout().dense().isPresent()) {
            arrays.addAll(TransformerWeights.load(
                    artifact.layout().dense().get().shapes(),
                    artifact.denseWeights().orElseThrow(),
                    manager));
        }
        return arrays;
    }
}
