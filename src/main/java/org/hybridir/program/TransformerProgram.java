package org.hybridir.program;

import java.util.Locale;

/**
 * The text of a transformer in TorchScript: post-norm layers as in BERT (Devlin et al. 2019) with attention as in
 * Vaswani et al. (2017), for the families BERT and XLM-R.
 *
 * <p>Its methods, with b texts of t tokens, h = hidden and {@code weights} as {@link TransformerWeights#shapes} orders
 * them:
 *
 * <ul>
 *   <li>{@code forward(ids [b,t], mask [b,t], weights) -> [b,t,h]}: the token vectors of the last layer. {@code ids} and
 *       {@code mask} are 64-bit integers, {@code mask} is 1 for a token and 0 for padding.
 *   <li>whatever methods the caller adds, which may call {@code self.forward}. To serve, {@link PackedLayers} adds the same
 *       layers on packed weights.
 * </ul>
 *
 * <p>DJL hands arrays that are named {@code weights[]} over as one list, or they are given as one {@code IValue}.
 *
 * <p>All matrix products with weights go through {@code linear}, all dropout through {@code drop}: a number format is
 * that one method and a few casts, and serving and training differ in nothing else. Attention's own weights are not
 * dropped, which its fused form cannot do. Nothing in the text cuts the gradient.
 */
public final class TransformerProgram {
    /** The class of the module in the archive. */
    static final String CLASS = "Transformer";

    private static final String EMBEDDINGS = """
              def embeddings(self: __torch__.Transformer, ids: Tensor, weights: List[Tensor]) -> Tensor:
                words = torch.embedding(weights[0], ids)
                places = torch.embedding(weights[1], self.positions(ids))
                kind = torch.select(weights[2], 0, 0)
                sum = torch.layer_norm(words + places + kind, [{hidden}], weights[3], weights[4], {eps})
                return torch.to(self.drop(sum), {type})
            """;

    private static final String BERT_POSITIONS = """
              def positions(self: __torch__.Transformer, ids: Tensor) -> Tensor:
                return torch.arange(torch.size(ids, 1), dtype=4, device=ops.prim.device(ids))
            """;

    private static final String XLM_ROBERTA_POSITIONS = """
              def positions(self: __torch__.Transformer, ids: Tensor) -> Tensor:
                real = torch.to(torch.ne(ids, {pad}), 4)
                return torch.cumsum(real, 1) * real + {pad}
            """;

    private static final String LAYERS = """
              def linear(self: __torch__.Transformer, x: Tensor, weights: List[Tensor], at: int) -> Tensor:
                return {linear}{low_rank}
              def drop(self: __torch__.Transformer, x: Tensor) -> Tensor:
                return {drop}
              def norm(self: __torch__.Transformer, x: Tensor, weights: List[Tensor], at: int) -> Tensor:
                return torch.layer_norm(x, [{hidden}], torch.to(weights[at], {type}), torch.to(weights[at + 1], {type}), {eps})
              def split(self: __torch__.Transformer, x: Tensor) -> Tensor:
                heads = torch.view(x, [torch.size(x, 0), torch.size(x, 1), {heads}, {width}])
                return torch.transpose(heads, 1, 2)
              def mixed(self: __torch__.Transformer, query: Tensor, key: Tensor, value: Tensor, seen: Tensor) -> Tensor:
                heads = torch.scaled_dot_product_attention(self.split(query), self.split(key), self.split(value), seen)
                return torch.reshape(torch.transpose(heads, 1, 2), torch.size(query))
              def attention(self: __torch__.Transformer, x: Tensor, seen: Tensor, weights: List[Tensor], at: int) -> Tensor:
                query = self.linear(x, weights, at)
                key = self.linear(x, weights, at + 2)
                value = self.linear(x, weights, at + 4)
                return self.linear(self.mixed(query, key, value, seen), weights, at + 6)
              def layer(self: __torch__.Transformer, x: Tensor, seen: Tensor, weights: List[Tensor], at: int) -> Tensor:
                attended = self.norm(x + self.drop(self.attention(x, seen, weights, at)), weights, at + 8)
                inner = torch.gelu(self.linear(attended, weights, at + 10))
                return self.norm(attended + self.drop(self.linear(inner, weights, at + 12)), weights, at + 14)
              def seen(self: __torch__.Transformer, mask: Tensor) -> Tensor:
                return torch.unsqueeze(torch.unsqueeze(torch.ne(mask, 0), 1), 1)
              def layers(self: __torch__.Transformer, x: Tensor, mask: Tensor, weights: List[Tensor], first: int, end: int) -> Tensor:
                seen = self.seen(mask)
                y = x
                for i in range(torch.sub(end, first)):
                  y = self.layer(y, seen, weights, {embeddings} + {per_layer} * (first + i))
                return y
              def forward(self: __torch__.Transformer, ids: Tensor, mask: Tensor, weights: List[Tensor]) -> Tensor:
                x = self.embeddings(ids, weights)
                return torch.to(self.layers(x, mask, weights, 0, {layers}), 6)
            """;

    private TransformerProgram() {}

    /**
     * The text of the module.
     *
     * @param precision of the layers; the token vectors that come out have 32 bits
     * @param dropout the probability with which a number after a sublayer is dropped; 0 to serve
     * @param methods further methods, each indented as a method of the class {@code __torch__.Transformer}; what stands in braces
     *     here, such as {@code {type}}, PyTorch's number of the layers' type, may stand in them too. If one of them is {@code
     *     low_rank(x, weights, at)}, what it gives is added to each product {@code linear(x, weights, at)}
     */
    public static String text(TransformerConfig config, Precision precision, double dropout, String... methods) {
        StringBuilder text = new StringBuilder("class " + CLASS + "(Module):\n");
        text.append("  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
        text.append(config.family() == Family.BERT ? BERT_POSITIONS : XLM_ROBERTA_POSITIONS);
        text.append(EMBEDDINGS).append(LAYERS);
        for (String method : methods) {
            text.append(method);
        }
        return fill(text.toString(), config)
                .replace("{linear}", precision.linear())
                .replace("{low_rank}", text.indexOf("def low_rank(") < 0 ? "" : " + self.low_rank(x, weights, at)")
                .replace("{type}", Integer.toString(precision.type()))
                .replace(
                        "{drop}",
                        dropout == 0 ? "x" : String.format(Locale.ROOT, "torch.dropout(x, %.6f, True)", dropout));
    }

    private static String fill(String text, TransformerConfig config) {
        return text.replace("{pad}", Integer.toString(config.padId()))
                .replace("{hidden}", Integer.toString(config.hidden()))
                .replace("{eps}", decimal(config.layerNormEps()))
                .replace("{heads}", Integer.toString(config.heads()))
                .replace("{width}", Integer.toString(config.hidden() / config.heads()))
                .replace("{scale}", decimal(1 / Math.sqrt(config.hidden() / (double) config.heads())))
                .replace("{layers}", Integer.toString(config.layers()))
                .replace("{embeddings}", Integer.toString(TransformerWeights.EMBEDDINGS))
                .replace("{per_layer}", Integer.toString(TransformerWeights.PER_LAYER));
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.17e", value);
    }
}
