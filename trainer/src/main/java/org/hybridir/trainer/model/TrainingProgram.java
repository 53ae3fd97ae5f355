package org.hybridir.trainer.model;

import java.util.Locale;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.EncoderProgram;
import org.hybridir.program.Precision;

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
              def adapt(self: __torch__.Transformer, base: Tensor, a: Tensor, b: Tensor, factor: Tensor) -> Tensor:
                return base + torch.matmul(b, a) * factor
              def adapted(self: __torch__.Transformer, gradient: Tensor, a: Tensor, b: Tensor, factor: float) -> List[Tensor]:
                return [torch.matmul(torch.t(b), gradient) * factor, torch.matmul(gradient, torch.t(a)) * factor]
            """;

    private TrainingProgram() {}

    /** @param loss a method {@code loss(queries [n,d], passages [m,d]) -> []} */
    static String text(Artifact artifact, Precision precision, double dropout, String loss) {
        return EncoderProgram.text(artifact, precision, dropout, PARTS.replace("{adam}", ADAM), loss);
    }

    /** The name that a marker array carries to say which method DJL is to call. */
    static String marker(String method) {
        return String.format(Locale.ROOT, "module_method:%s", method);
    }
}
