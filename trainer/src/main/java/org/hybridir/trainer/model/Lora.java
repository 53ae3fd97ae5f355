package org.hybridir.trainer.model;

import java.util.List;
import java.util.Map;

/**
 * Low-rank adaptation (Hu et al. 2021): W + (scale / rank) B A with A [rank, in] and B [out, rank]; only A and B are
 * trained. B begins as zero, so that training begins at the base.
 *
 * @param rank at least 1
 * @param scale the paper's alpha
 * @param targets which of a layer's matrices are adapted: see {@link #MATRICES}
 */
public record Lora(int rank, double scale, List<String> targets) {
    /** What a target may be, and the tensor that it stands for. */
    public static final Map<String, String> MATRICES = Map.of(
            "query", "attention.self.query.weight",
            "key", "attention.self.key.weight",
            "value", "attention.self.value.weight",
            "attention-output", "attention.output.dense.weight",
            "intermediate", "intermediate.dense.weight",
            "output", "output.dense.weight");

    public Lora {
        if (rank < 1) {
            throw new IllegalArgumentException("the rank of LoRA is [" + rank + "]; it must be at least [1]");
        }
        targets = List.copyOf(targets);
        for (String target : targets) {
            if (!MATRICES.containsKey(target)) {
                throw new IllegalArgumentException("unknown LoRA target [" + target + "], known ones "
                        + MATRICES.keySet().stream().sorted().toList());
            }
        }
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("LoRA needs at least one target of "
                    + MATRICES.keySet().stream().sorted().toList());
        }
    }

    /** Whether a tensor of the transformer is adapted. */
    boolean adapts(String tensor) {
        return targets.stream().anyMatch(target -> tensor.matches("encoder\\.layer\\.\\d+\\." + MATRICES.get(target)));
    }

    /** What B A is multiplied by. */
    double factor() {
        return scale / rank;
    }
}
