package org.hybridir.trainer.model;

import java.util.Locale;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.EncoderProgram;

/**
 * The encoder's program with what only training needs: layers one by one, the optimiser's step, LoRA.
 *
 * <p>The word embeddings, weights[0], are here only the rows of the tokens of a step, and ids count these rows; so neither
 * gradient nor optimiser touches the hundred thousand rows that the step does not use.
 */
final class TrainingProgram {
    /** Decay of the running mean of gradients, of that of their squares, and what keeps a division from zero. */
    private static final String ADAM = "beta1=0.9, beta2=0.999, weight_decay=decay, eps=1.0e-8";

    private static final String PARTS = """
              def begin(self: __torch__.Transformer, ids: Tensor, weights: List[Tensor]) -> Tensor:
                return torch.to(self.embeddings(ids, weights), 6)
              def step(self: __torch__.Transformer, x: Tensor, mask: Tensor, at: Tensor, weights: List[Tensor]) -> Tensor:
                first = int(at)
                return torch.to(self.layers(torch.to(x, {type}), mask, weights, first, first + 1), 6)
              def finish(self: __torch__.Transformer, x: Tensor, mask: Tensor, weights: List[Tensor]) -> Tensor:
                return self.head(x, mask, weights)
              def rows(self: __torch__.Transformer, table: Tensor, ids: Tensor) -> Tensor:
                return torch.index_select(table, 0, ids)
              def clip(self: __torch__.Transformer, gradients: List[Tensor], largest: float) -> Tensor:
                norm = torch.norm(torch.stack(torch._foreach_norm(gradients, 2)))
                factor = torch.clamp_max(torch.reciprocal(norm + 1.0e-6) * largest, 1.0)
                torch._foreach_mul_(gradients, factor)
                return norm
              def adam(self: __torch__.Transformer, weights: List[Tensor], gradients: List[Tensor], means: List[Tensor], squares: List[Tensor], done: int, rate: float, decay: float) -> int:
                none = annotate(List[Tensor], [])
                steps = annotate(List[Tensor], [])
                for i in range(torch.len(weights)):
                  _0 = torch.append(steps, torch.full([], done, dtype=6, device=ops.prim.device(weights[0])))
                ops.aten._fused_adamw_(weights, gradients, means, squares, none, steps, lr=rate, {adam}, amsgrad=False, maximize=False)
                return torch.len(weights)
              def adam_rows(self: __torch__.Transformer, table: Tensor, means: Tensor, squares: Tensor, ids: Tensor, gradient: Tensor, done: int, rate: float, decay: float) -> int:
                some = torch.index_select(table, 0, ids)
                mean = torch.index_select(means, 0, ids)
                square = torch.index_select(squares, 0, ids)
                _0 = self.adam([some], [gradient], [mean], [square], done, rate, decay)
                _1 = torch.index_copy_(table, 0, ids, some)
                _2 = torch.index_copy_(means, 0, ids, mean)
                _3 = torch.index_copy_(squares, 0, ids, square)
                return torch.size(ids, 0)
              def copy(self: __torch__.Transformer, target: Tensor, source: Tensor) -> Tensor:
                return torch.copy_(target, source)
            """;

    /**
     * What LoRA adds to a product: x goes through A and B, and no gradient of W is ever made, a third of the work. Behind the
     * n weights stand n matrices A and n matrices B, each in the place of its weight and empty where that is not adapted.
     */
    private static final String LOW_RANK = """
              def low_rank(self: __torch__.Transformer, x: Tensor, weights: List[Tensor], at: int) -> Tensor:
                n = torch.floordiv(torch.len(weights), 3)
                if torch.eq(torch.numel(weights[n + at]), 0):
                  y = torch.zeros([1], dtype={type}, device=ops.prim.device(x))
                else:
                  low = torch.linear(x, torch.to(weights[n + at], {type}))
                  y = torch.linear(low, torch.to(weights[2 * n + at], {type})) * {factor}
                return y
            """;

    private TrainingProgram() {}

    /** @param loss a method {@code loss(queries [n,d], passages [m,d]) -> []} */
    static String text(Artifact artifact, ModelSettings settings, double dropout, String loss) {
        String lowRank = settings.lora()
                .map(lora -> LOW_RANK.replace("{factor}", Double.toString(lora.factor())))
                .orElse("");
        return EncoderProgram.text(
                artifact, settings.precision(), dropout, PARTS.replace("{adam}", ADAM), lowRank, loss);
    }

    /** The name that a marker array carries to say which method DJL is to call. */
    static String marker(String method) {
        return String.format(Locale.ROOT, "module_method:%s", method);
    }
}
