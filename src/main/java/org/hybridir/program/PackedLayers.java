package org.hybridir.program;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The layers of {@link TransformerProgram} as they serve: the same arithmetic in fewer and larger steps, on weights that
 * oneDNN has laid out for its products. Query, key and value are one product, gelu is done where its input is made, and
 * texts of one length need no mask. They take no gradient.
 *
 * <ul>
 *   <li>{@code packed(weights) -> packed}: the layers' weights in the format of the arithmetic. It is opaque to all but
 *       {@code serve}: it must not leave PyTorch.
 *   <li>{@code serve(ids [b,t], mask [b,t], weights, packed) -> [b,t,h]}: as {@code forward}.
 *   <li>{@code serve_one(ids [1,t], weights, packed) -> [1,t,h]}: the same for one text, which needs no mask.
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

    /** From so many rows on oneDNN's products in 8 bits are faster than FBGEMM's. */
    private static final int MANY_ROWS = 128;

    /** What a layer takes in the list: four of each product, two of each norm. */
    private static final int NUMBERS = 20;

    private static final String FEW_ROWS = "Dict[int, __torch__.torch.classes.quantized.LinearPackedParamsBase]";

    /** TorchScript's type of the packed weights. */
    public static final String PACKED = "Tuple[List[Tensor], " + FEW_ROWS + "]";

    /**
     * What a product takes in the list: weight, bias, and for 8 bits the scales and zeros of its outputs, else nothing.
     *
     * <p>{@code bytes} gives a quantised tensor's numbers where they lie: {@code int_repr}, PyTorch's own way, copies them one by
     * one. And {@code aminmax} reads the inputs once where the choice of scale and zero by itself reads them twice. Together they
     * save a twelfth of a batch's time.
     */
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
                  _4 = torch.append(all, ops.mkldnn._reorder_linear_weight(torch.to(weight, {floats}), None))
                  _5 = torch.append(all, torch.to(bias, {floats}))
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
              def bytes(self: __torch__.Transformer, levels: Tensor) -> Tensor:
                flat = torch.set_(torch.empty([0], dtype=0), levels, 0, [torch.numel(levels)], [1])
                return torch.view(flat, torch.size(levels))
              def many_rows(self: __torch__.Transformer, x: Tensor, weight: Tensor, bias: Tensor, scales: Tensor, zeros: Tensor, after: str) -> Tensor:
                least, most = torch.aminmax(x)
                scale, zero = torch._choose_qparams_per_tensor(torch.stack([least, most]), {reduced_range})
                levels = self.bytes(torch.quantize_per_tensor(x, scale, zero, 13))
                none = annotate(List[Optional[number]], [])
                return ops.onednn.qlinear_pointwise(levels, scale, zero, weight, scales, zeros, bias, 1.0, 0, 6, after, none, "none")
              def alone(self: __torch__.Transformer, ids: Tensor, weights: List[Tensor], packed: {packed}) -> Tensor:
            {unpacked}
                tokens = torch.size(ids, 1)
                upright = [{heads}, tokens, {width}]
                lying = [{heads}, {width}, tokens]
                zero = torch.zeros([1], dtype={type})
                none = annotate(List[Optional[number]], [])
                x = torch.select(self.embeddings(ids, weights), 0, 0)
            {layers_alone}
                return torch.unsqueeze(x, 0)
              def together(self: __torch__.Transformer, ids: Tensor, seen: Optional[Tensor], weights: List[Tensor], packed: {packed}) -> Tensor:
            {unpacked}
                parts = [torch.size(ids, 0), torch.size(ids, 1), 3, {heads}, {width}]
                few = torch.lt(torch.numel(ids), {many})
                none = annotate(List[Optional[number]], [])
                x = self.embeddings(ids, weights)
            {layers_together}
                return x
              def serve(self: __torch__.Transformer, ids: Tensor, mask: Tensor, weights: List[Tensor], packed: {packed}) -> Tensor:
                seen = annotate(Optional[Tensor], None)
                if torch.eq(int(torch.min(mask)), 0):
                  seen = self.seen(mask)
                return torch.to(self.together(ids, seen, weights, packed), 6)
              def serve_one(self: __torch__.Transformer, ids: Tensor, weights: List[Tensor], packed: {packed}) -> Tensor:
                if torch.lt(torch.size(ids, 1), {many}):
                  x = self.alone(ids, weights, packed)
                else:
                  x = self.together(ids, None, weights, packed)
                return torch.to(x, 6)
            """;

    /**
     * A layer, on {@code x}. Layers are written out one after the other, once for a short text alone and once for all else:
     * calling methods, asking them what they know beforehand and taking weights from a list one by one takes a twentieth of
     * a short query's time.
     */
    private static final String LAYER = """
            {in}
            {attention}
                y = torch.reshape(mixed, torch.size(x))
            {out}
                x = torch.layer_norm(torch.add_(y, x), [{hidden}], {norm}, {eps})
            {up}
            {down}
                x = torch.layer_norm(torch.add_(y, x), [{hidden}], {last_norm}, {eps})
            """;

    private static final String ATTENTION = """
                query, key, value = torch.unbind(torch.permute(torch.view(y, parts), [2, 0, 3, 1, 4]))
                mixed = torch.transpose(torch.scaled_dot_product_attention(query, key, value, seen), 1, 2)
            """;

    /**
     * One product over all heads: the fused attention calls MKL for each head, and where a pass is spread each call begins a
     * team of threads anew. A token's row in {@code y} holds its query, its key and its value; its likes are a column, so that the
     * softmax takes many at once, however few tokens there are.
     */
    private static final String ATTENTION_ALONE = """
                query = torch.as_strided(y, lying, [{width}, 1, {row}], 0)
                key = torch.as_strided(y, upright, [{width}, {row}, 1], {hidden})
                value = torch.as_strided(y, upright, [{width}, {row}, 1], {values})
                likes = torch.softmax(torch.baddbmm(zero, key, query, beta=0, alpha={scale}), 1)
                mixed = torch.transpose(torch.bmm(torch.transpose(likes, 1, 2), value), 0, 1)
            """;

    /** By FBGEMM, which takes no gelu along. */
    private static final String FEW_ROWS_IN_EIGHT_BITS = """
                y = {after_few}(ops.quantized.linear_dynamic({x}, small[{at}], {reduced_range}))
            """;

    private static final String MANY_ROWS_IN_EIGHT_BITS = """
                y = self.many_rows({x}, {weight}, {bias}, {scales}, {zeros}, "{after}")
            """;

    private static final String EIGHT_BITS =
            "    if few:\n" + FEW_ROWS_IN_EIGHT_BITS.indent(2) + "    else:\n" + MANY_ROWS_IN_EIGHT_BITS.indent(2);

    private static final String FLOATS = """
                y = ops.mkldnn._linear_pointwise({x}, {weight}, {bias}, "{after}", none, "none")
            """;

    /** Floating-point numbers of another type than what is between the products. */
    private static final String CONVERTED = FLOATS.replace("{x}", "torch.to({x}, {floats})") + """
                y = torch.to(y, {type})
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
        String flags = products.stream()
                .map(name -> inEightBits(name, arithmetic) ? "True" : "False")
                .collect(Collectors.joining(", "));
        return METHODS.replace("{eight_bits}", flags)
                .replace("{layers_alone}\n", layers(products, arithmetic, true))
                .replace("{layers_together}\n", layers(products, arithmetic, false))
                .replace("{unpacked}", unpacked(config))
                .replace("{packed}", PACKED)
                .replace("{few_rows}", FEW_ROWS)
                .replace("{row}", Integer.toString(3 * config.hidden()))
                .replace("{values}", Integer.toString(2 * config.hidden()))
                .replace("{many}", Integer.toString(MANY_ROWS))
                .replace("{reduced_range}", arithmetic.reducedRange() ? "True" : "False")
                .replace("{floats}", Integer.toString(arithmetic.floats().type()));
    }

    /** Lines that take what is in {@code packed} out of it: {@code n0}, {@code n1} and so on, and {@code small}. */
    static String unpacked(TransformerConfig config) {
        String names = IntStream.range(0, NUMBERS * config.layers())
                .mapToObj(PackedLayers::number)
                .collect(Collectors.joining(", "));
        return "    numbers, small = packed\n    " + names + " = numbers";
    }

    private static String number(int place) {
        return "n" + place;
    }

    private static boolean inEightBits(String product, LayerArithmetic arithmetic) {
        return arithmetic.precision() == Precision.INT8 && !arithmetic.kept().contains(product);
    }

    private static String layers(List<String> products, LayerArithmetic arithmetic, boolean alone) {
        List<String> templates =
                products.stream().map(name -> template(name, arithmetic, alone)).toList();
        String attention = alone ? ATTENTION_ALONE : ATTENTION;
        return IntStream.range(0, templates.size() / PARTS.size())
                .mapToObj(
                        i -> layer(NUMBERS * i, attention, templates.subList(PARTS.size() * i, PARTS.size() * (i + 1))))
                .collect(Collectors.joining());
    }

    /**
     * Of lines that let {@code y} be a product.
     *
     * @param product its name
     * @param alone whether they are only for a short text alone
     */
    static String template(String product, LayerArithmetic arithmetic, boolean alone) {
        if (inEightBits(product, arithmetic)) {
            return alone ? FEW_ROWS_IN_EIGHT_BITS : EIGHT_BITS;
        }
        return arithmetic.floats().type() == arithmetic.precision().type() ? FLOATS : CONVERTED;
    }

    private static String layer(int at, String attention, List<String> templates) {
        return LAYER.replace("{in}\n", product("x", at, "none", templates.get(0)))
                .replace("{attention}\n", attention)
                .replace("{out}\n", product("y", at + 4, "none", templates.get(1)))
                .replace("{norm}", number(at + 8) + ", " + number(at + 9))
                .replace("{up}\n", product("x", at + 10, "gelu", templates.get(2)))
                .replace("{down}\n", product("y", at + 14, "none", templates.get(3)))
                .replace("{last_norm}", number(at + 18) + ", " + number(at + 19));
    }

    /**
     * A product; what {@link #unpacked} gives, {@code few} and {@code none} must be there.
     *
     * @param at where its parts begin in the list
     * @param after gelu or none
     * @param template as {@link #template} gives it
     */
    static String product(String x, int at, String after, String template) {
        return template.replace("{x}", x)
                .replace("{weight}", number(at))
                .replace("{bias}", number(at + 1))
                .replace("{scales}", number(at + 2))
                .replace("{zeros}", number(at + 3))
                .replace("{at}", Integer.toString(at))
                .replace("{after_few}", after.equals("gelu") ? "torch.gelu_" : "")
                .replace("{after}", after);
    }
}
