package org.hybridir.trainer.run;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the encoder does on the held-out pairs.
 *
 * @param step after which it was measured; 0 is the base
 * @param loss mean over batches of held-out pairs, no two of a batch parallel, as in training
 * @param batchMap mean average precision of each query among the passages of its batch
 * @param map mean average precision of each query among all held-out passages that do not answer it too, by kind of pair:
 *     monolingual, cross_lingual; kinds without pairs are absent
 */
public record ValidationReport(long step, double loss, double batchMap, Map<String, Double> map) {
    /** What early stopping goes by: the mean over the kinds. */
    public double score() {
        return map.values().stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** As a line of {@code metrics.jsonl}. */
    Map<String, Object> toMap() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("validation_loss", loss);
        line.put("validation_batch_mAP", batchMap);
        map.forEach((kind, value) -> line.put("validation_mAP_" + kind, value));
        return line;
    }
}
