package org.hybridir.trainer.evaluate;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.hybridir.measure.AveragePrecision;
import org.hybridir.measure.RankDistance;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;

/**
 * How well an encoder retrieves in one precision, and how near its vectors are to those of the first precision measured.
 *
 * @param encoder what it is, as it describes itself
 * @param texts how many vectors were compared
 * @param meanCosine to the first precision's vector of the same text
 * @param leastCosine the same, of the text where it is least
 * @param meanAveragePrecision macro means, of the settings evaluated that have a ranking
 * @param rankDistance of the multilingual setting; empty if that was not evaluated or has none
 * @param seconds of encoding
 */
public record PrecisionQuality(
        Map<String, Object> encoder,
        int texts,
        double meanCosine,
        double leastCosine,
        Map<Setting, Double> meanAveragePrecision,
        OptionalDouble rankDistance,
        double seconds) {

    public PrecisionQuality {
        meanAveragePrecision = Collections.unmodifiableMap(new EnumMap<>(meanAveragePrecision));
    }

    static PrecisionQuality of(Map<String, Object> encoder, VectorComparison vectors, OfflineResult result) {
        Map<Setting, Double> precision = new EnumMap<>(Setting.class);
        OptionalDouble distance = OptionalDouble.empty();
        for (Map.Entry<Setting, Report.Result> setting :
                result.report().settings().entrySet()) {
            Map<String, Double> means = setting.getValue().mean().means();
            // one language alone has no cross-lingual ranking
            if (means.containsKey(new AveragePrecision().name())) {
                precision.put(setting.getKey(), means.get(new AveragePrecision().name()));
            }
            if (means.containsKey(new RankDistance().name())) {
                distance = OptionalDouble.of(means.get(new RankDistance().name()));
            }
        }
        long millis =
                result.tookMillis().get(Phase.PASSAGES) + result.tookMillis().get(Phase.QUESTIONS);
        return new PrecisionQuality(
                encoder,
                vectors.texts(),
                vectors.meanCosine(),
                vectors.leastCosine(),
                precision,
                distance,
                millis / 1000.0);
    }

    /** As settings write it. */
    public String precision() {
        return (String) encoder.get("precision");
    }

    /** For JSON; nothing is rounded. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("precision", precision());
        map.put("cosine", Map.of("texts", texts, "mean", meanCosine, "least", leastCosine));
        Map<String, Object> settings = new LinkedHashMap<>();
        meanAveragePrecision.forEach((setting, value) -> settings.put(setting.key(), value));
        map.put("mAP", settings);
        rankDistance.ifPresent(value -> map.put("rank_distance", value));
        map.put("encode_seconds", seconds);
        map.put("encoder", encoder);
        return map;
    }
}
