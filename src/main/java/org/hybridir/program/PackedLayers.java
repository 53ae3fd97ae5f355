package org.hybridir.program;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The layers of {@link TransformerProgram} as they serve: the same arithmetic in fewer and larger steps, on weights that
 * oneDNN has laid out for its products. Query, key and value are one product, gelu is done where its input is made, and
 * texts of one length need no mask. They take no gradient.
 *
 * <ul>
 *   <li>{@code packed(weights) -> packed}: the layers' weights in the format of the arithmetic. It is opaque to all but
 *       {@code serve}: it must not leave PyTorch.
 *   <li>{@code serve(ids [b,t], mask [b,t], weights, packed) -> [b,t,h]}: as {@code forward}.
 * </ul>
 *
 * <p>A product with 8-bit weights (Jacob et al. 2018): weights are {@code round(w / s)} with {@code s = max |w| / 127} for
 * each output; inputs are {@code round(x / s) + z}, 0 to 255, with scale {@code s} and zero {@code z} from their least and
 * largest number. OneDNN computes it fastest from about 128 rows on, FBGEMM below, whose calls cost less: the same whole
 * numbers, so the same result but for the order of a few roundings. The weights are held for both.
 */
public final class PackedLayers {
    /** Products of a layer, in the order of the list. */
    private static final List<String> PARTS =
            List.of("attention.self", "attention.output.dense", "intermediate.dense", "output.dense");

    private static final String FEW_ROWS = "Dict[int, __torch__.torch.classes.quantized.LinearPackedParamsBase]";

    /** TorchScript's type of the packed weights. */
    public static final String PACKED = "Tuple[List[Tensor], " + FEW_ROWS + "]";

    /** What a product takes in the list: weight, bias, and for 8 bits the scales and zeros of its outputs, else nothing. */
    private static final String METHODS = """
              def quantised(self: __torch__.Transformer, weight: Tensor) -> Tensor:
                scales = torch.clamp_min(torch.amax(torch.abs(weight), [1]), 1.0e-12) / 127.0
                return torch.quantize_per_channel(weight, torch.to(scales, 7), torch.zeros_like(scales, dtype=4), 0, 12)
              def pack_product(self: __torch__.Transformer, all: List[Tensor], few: {few_rows}, weight: Tensor, bias: Tensor, eight_bits: bool) -> int:
                if eight_bits:
                  levels = self.quantised(weight)
                  torch._set_item(few, torch.len(all), ops.quantized.linear_prepack(levels, bias))
                  _0 = torch.append(all, ops.onednn.qlinear_prepack(torch.int_repr(levels), None))
                  _1 = torch.append(all, bias)
                  _2 = torch.append(all, torch.to(torch.q_per_channel_scales(levels), 6))
                  _3 = torch.append(all, torch.q_per_channel_zero_points(levels))
                else:
                  _4 = torch.append(all, ops.mkldnn._reorder_linear_weight(torch.to(weight, {type}), None))
                  _5 = torch.append(all, torch.to(bias, {type}))
                  _6 = torch.append(all, torch.zeros([0]))
                  _7 = torch.append(all, torch.zeros([0]))
                return torch.len(all)
              def pack_norm(self: __torch__.Transformer, all: List[Tensor], weights: List[Tensor], at: int) -> int:
                _0 = torch.append(all, torch.to(weights[at], {type}))
                _1 = torch.append(all, torch.to(weights[at + 1], {type}))
                return torch.len(all)
              def packed(self: __torch__.Transformer, weights: List[Tensor]) -> {packed}:
                eight_bits = [{eight_bits}]
                all = annotate(List[Tensor], [])
                few = annotate({few_rows}, {})
                for i in range({layers}):
                  at = {embeddings} + {per_layer} * i
                  weight = torch.cat([weights[at], weights[at + 2], weights[at + 4]])
                  bias = torch.cat([weights[at + 1], weights[at + 3], weights[at + 5]])
                  _0 = self.pack_product(all, few, weight, bias, eight_bits[4 * i])
                  _1 = self.pack_product(all, few, weights[at + 6], weights[at + 7], eight_bits[4 * i + 1])
                  _2 = self.pack_norm(all, weights, at + 8)
                  _3 = self.pack_product(all, few, weights[at + 10], weights[at + 11], eight_bits[4 * i + 2])
                  _4 = self.pack_product(all, few, weights[at + 12], weights[at + 13], eight_bits[4 * i + 3])
                  _5 = self.pack_norm(all, weights, at + 14)
                return (all, few)
              def product(self: __torch__.Transformer, x: Tensor, packed: {packed}, at: int, after: str) -> Tensor:
                none = annotate(List[Optional[number]], [])
                all = packed[0]
                if torch.eq(torch.numel(all[at + 2]), 0):
                  y = ops.mkldnn._linear_pointwise(x, all[at], all[at + 1], after, none, "none")
                elif torch.ge(torch.numel(x), 128 * torch.size(x, -1)):
                  scale, zero = torch._choose_qparams_per_tensor(x, {reduced_range})
                  levels = torch.int_repr(torch.quantize_per_tensor(x, scale, zero, 13))
                  y = ops.onednn.qlinear_pointwise(levels, scale, zero, all[at], all[at + 2], all[at + 3], all[at + 1], 1.0, 0, 6, after, none, "none")
                else:
                  y = ops.quantized.linear_dynamic(x, packed[1][at], {reduced_range})
                  if torch.eq(after, "gelu"):
                    y = torch.gelu(y)
                return y
              def packed_mixed(self: __torch__.Transformer, x: Tensor, seen: Optional[Tensor], packed: {packed}, at: int) -> Tensor:
                parts = torch.view(self.product(x, packed, at, "none"), [torch.size(x, 0), torch.size(x, 1), 3, {heads}, {width}])
                query, key, value = torch.unbind(torch.permute(parts, [2, 0, 3, 1, 4]))
                heads = torch.scaled_dot_product_attention(query, key, value, seen)
                return torch.reshape(torch.transpose(heads, 1, 2), torch.size(x))
              def packed_layer(self: __torch__.Transformer, x: Tensor, seen: Optional[Tensor], packed: {packed}, at: int) -> Tensor:
                mixed = self.packed_mixed(x, seen, packed, at)
                attended = self.norm(x + self.product(mixed, packed, at + 4, "none"), packed[0], at + 8)
                inner = self.product(attended, packed, at + 10, "gelu")
                return self.norm(attended + self.product(inner, packed, at + 14, "none"), packed[0], at + 18)
              def serve(self: __torch__.Transformer, ids: Tensor, mask: Tensor, weights: List[Tensor], packed: {packed}) -> Tensor:
                seen = annotate(Optional[Tensor], None)
                if torch.eq(int(torch.min(mask)), 0):
                  seen = self.seen(mask)
                y = self.embeddings(ids, weights)
                for i in range({layers}):
                  y = self.packed_layer(y, seen, packed, 20 * i)
                return torch.to(y, 6)
            """;

    private PackedLayers() {}

    /**
     * The names of the products with weights, as {@link TransformerWeights} has them; {@code attention.self} is query, key and
     * value.
     */
    public static List<String> products(TransformerConfig config) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < config.layers(); i++) {
            for (String part : PARTS) {
                names.add("encoder.layer." + i + "." + part);
            }
        }
        return names;
    }

    /**
     * The methods' text, for {@link TransformerProgram#text} with the same precision.
     *
     * @throws IllegalArgumentException if a product is to be kept that the transformer does not have
     */
    public static String methods(TransformerConfig config, LayerArithmetic arithmetic) {
        List<String> products = products(config);
        TreeSet<String> unknown = new TreeSet<>(arithmetic.kept());
        products.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the transformer has no products " + unknown + " to keep; it has ["
                    + products.get(0) + "] to [" + products.get(products.size() - 1) + "]");
        }
        String eightBits = products.stream()
                .map(name -> arithmetic.precision() == Precision.INT8
                                && !arithmetic.kept().contains(name)
                        ? "True"
                        : "False")
                .collect(Collectors.joining(", "));
        return METHODS.replace("{eight_bits}", eightBits)
                .replace("{packed}", PACKED)
                .replace("{few_rows}", FEW_ROWS)
                .replace("{reduced_range}", arithmetic.reducedRange() ? "True" : "False");
    }
}
