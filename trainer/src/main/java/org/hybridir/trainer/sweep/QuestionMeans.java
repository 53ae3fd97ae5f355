package org.hybridir.trainer.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of questions, gathered under ids that come several times: once for each language, or for each seed. */
final class QuestionMeans {
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    /** @param found the value of each id, in the same order; null where it has none */
    QuestionMeans add(List<String> ids, List<Double> found) {
        for (int i = 0; i < ids.size(); i++) {
            List<Double> own = values.computeIfAbsent(ids.get(i), id -> new ArrayList<>());
            if (found.get(i) != null) {
                own.add(found.get(i));
            }
        }
        return this;
    }

    /** Each id's mean, in the order in which ids came first; null where it has no value. */
    Map<String, Double> means() {
        Map<String, Double> means = new LinkedHashMap<>();
        values.forEach((id, own) -> means.put(
                id,
                own.isEmpty()
                        ? null
                        : own.stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElseThrow()));
        return means;
    }
}
