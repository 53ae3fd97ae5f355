package org.hybridir.trainer.evaluate;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.hybridir.language.Typology;
import org.hybridir.measure.QuestionValues;
import org.hybridir.measure.Report;

/**
 * What an evaluation over arrays found, and what it took.
 *
 * @param collection name
 * @param report the measures
 * @param questions each question's own values
 * @param truncatedPassages how many were longer than the encoder's limit
 * @param truncatedQuestions how many were longer than the encoder's limit
 * @param tookMillis wall-clock time of each phase
 */
public record OfflineResult(
        String collection,
        Report report,
        QuestionValues questions,
        int truncatedPassages,
        int truncatedQuestions,
        Map<Phase, Long> tookMillis) {

    /** For JSON: the sections {@code report}, {@code typology} and {@code questions}, which a node's answer has too, with the collection, the
     * encoder, the truncation and the times before them. */
    public Map<String, Object> toMap(Map<String, Object> encoder) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("collection", collection);
        map.put("encoder", encoder);
        map.put("truncated", Map.of("passages", truncatedPassages, "questions", truncatedQuestions));
        Map<String, Object> took = new LinkedHashMap<>();
        tookMillis.forEach((phase, millis) -> took.put(phase.name().toLowerCase(Locale.ROOT), millis));
        map.put("took_ms", took);
        map.put("report", report.toMap());
        map.put("typology", Typology.of(report).toMap());
        map.put("questions", questions.toMap());
        return map;
    }
}
