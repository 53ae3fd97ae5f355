package org.hybridir.trainer.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hybridir.trainer.batch.BatchKind;

/**
 * What a step was like.
 *
 * @param step the first is 1
 * @param losses of each batch, with its kind, not weighted
 * @param rate learning rate
 * @param norm of the gradients before clipping
 * @param pairs trained on
 * @param tokens of these pairs, without padding
 * @param seconds it took
 */
public record StepReport(
        long step, List<BatchLoss> losses, double rate, double norm, int pairs, int tokens, double seconds) {
    /** A batch's kind and its loss. */
    public record BatchLoss(BatchKind kind, double loss) {}

    /** The mean over the batches. */
    public double loss() {
        return losses.stream().mapToDouble(BatchLoss::loss).average().orElseThrow();
    }

    /** As a line of {@code metrics.jsonl}. */
    Map<String, Object> toMap() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put(
                "losses",
                losses.stream()
                        .map(one -> Map.of("kind", one.kind().key(), "loss", one.loss()))
                        .toList());
        line.put("rate", rate);
        line.put("norm", norm);
        line.put("pairs", pairs);
        line.put("tokens", tokens);
        line.put("seconds", seconds);
        return line;
    }
}
