package org.hybridir.compare;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hybridir.measure.QuestionValues;
import org.hybridir.measure.Setting;

/**
 * One result of an evaluation, as it is compared with others.
 *
 * @param name by which tables call it
 * @param about what was evaluated on what, for people; empty if the result does not say
 * @param pools passages of each language, as the result tells them; empty if it does not
 * @param questions each question's own values
 */
public record ComparedResult(String name, String about, Map<String, Object> pools, QuestionValues questions) {
    public ComparedResult {
        pools = Collections.unmodifiableMap(new LinkedHashMap<>(pools));
        Map<AskedQuestion, Integer> seen = new LinkedHashMap<>();
        for (AskedQuestion question : asked(questions)) {
            if (seen.merge(question, 1, Integer::sum) > 1) {
                throw new IllegalArgumentException("result [" + name + "] has question [" + question.id() + "] in ["
                        + question.language() + "] twice; ask it once, or give the second one an id of its own");
            }
        }
    }

    /**
     * The result that a node's {@code _evaluate} or {@code hybrid-ir evaluate --json} gave, as plain maps and lists.
     *
     * @throws IllegalArgumentException if it has no values of questions: says how to get them
     */
    public static ComparedResult fromMap(String name, Map<String, ?> result) {
        Map<String, ?> questions = child(result, "questions");
        if (!questions.containsKey("ids")) {
            throw new IllegalArgumentException(
                    "result [" + name + "] has no section [questions] with each question's own"
                            + " values; make it anew, offline by [hybrid-ir evaluate --json FILE], in a node by _evaluate with"
                            + " [\"per_question\": true]; a kept one has them, get it with [?per_question=true]");
        }
        return new ComparedResult(
                name, about(result), pools(child(result, "report")), QuestionValues.fromMap(questions));
    }

    private static String about(Map<String, ?> result) {
        Optional<Object> encoder = Optional.ofNullable(child(result, "encoder").get("name"));
        Optional<Object> collection = Optional.<Object>ofNullable(result.get("collection"))
                .or(() -> Optional.ofNullable(child(result, "passages").get("index")));
        return encoder.map(Object::toString).orElse("")
                + collection
                        .map(on -> (encoder.isPresent() ? " on " : "on ") + on)
                        .orElse("");
    }

    private static Map<String, Object> pools(Map<String, ?> report) {
        return new LinkedHashMap<>(child(child(report, "pools"), "per_language"));
    }

    @SuppressWarnings("unchecked") // keys of JSON objects are strings
    private static Map<String, ?> child(Map<String, ?> map, String key) {
        return map.get(key) instanceof Map<?, ?> child ? (Map<String, ?>) child : Map.of();
    }

    /** All questions, with or without values. */
    List<AskedQuestion> asked() {
        return asked(questions);
    }

    private static List<AskedQuestion> asked(QuestionValues questions) {
        return IntStream.range(0, questions.ids().size())
                .mapToObj(i -> new AskedQuestion(
                        questions.ids().get(i), questions.languages().get(i)))
                .toList();
    }

    /** Whether it has values of a measure in a setting. */
    boolean has(String measure, Setting setting) {
        return questions.measures().getOrDefault(measure, Map.of()).containsKey(setting);
    }

    /** The values of those questions that have one. */
    Map<AskedQuestion, Double> values(String measure, Setting setting) {
        List<AskedQuestion> asked = asked();
        List<Double> all = questions.of(measure, setting);
        Map<AskedQuestion, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) != null) {
                values.put(asked.get(i), all.get(i));
            }
        }
        return values;
    }
}
