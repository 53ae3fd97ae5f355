package org.hybridir.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Two systems told apart in one measure and one setting.
 *
 * @param questions ids that both have a value for
 * @param meanA mean of the first one's values: over questions, not a macro mean over languages
 * @param meanB mean of the second one's values
 * @param interval of the difference of the means
 * @param effectSize d_z of {@link PairedValues#effectSize}
 * @param p of {@link RandomisationTest}, not corrected for how many comparisons there are
 */
public record PairedOutcome(
        int questions, double meanA, double meanB, Bootstrap.Interval interval, OptionalDouble effectSize, double p) {

    /** Mean of the first one less that of the second one. */
    public double difference() {
        return meanA - meanB;
    }

    /** @param corrected p, see {@link Holm} */
    public Map<String, Object> toMap(double corrected) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("questions", questions);
        map.put("mean_a", meanA);
        map.put("mean_b", meanB);
        map.put("difference", difference());
        map.put("interval", List.of(interval.low(), interval.high()));
        map.put("effect_size", effectSize.isPresent() ? effectSize.getAsDouble() : null);
        map.put("p", p);
        map.put("p_holm", corrected);
        return map;
    }
}
