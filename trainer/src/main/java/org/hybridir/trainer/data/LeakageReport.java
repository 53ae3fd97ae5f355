package org.hybridir.trainer.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which of an evaluation's texts stand in the training data.
 *
 * @param collection the evaluation's name
 * @param threshold from which share of its shingles on a text counts as held
 * @param passages of the evaluation
 * @param questions of the evaluation
 * @param pairs training pairs whose query or passage holds one of them, by data set, in order; 0 where none does
 * @param examples the first ones, at most {@link Leakage#EXAMPLES}
 */
public record LeakageReport(
        String collection,
        double threshold,
        Found passages,
        Found questions,
        Map<String, Integer> pairs,
        List<Example> examples) {
    /**
     * How many of a kind.
     *
     * @param of all there are
     * @param exact equal to a training text after normalisation
     * @param near contained, nearly or wholly, in a training text
     */
    public record Found(int of, int exact, int near) {
        int all() {
            return exact + near;
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("of", of);
            map.put("exact", exact);
            map.put("near", near);
            return map;
        }
    }

    /**
     * One finding.
     *
     * @param what "passage" or "question"
     * @param id of the evaluation's text, with its language
     * @param share of its shingles, from the threshold to 1
     */
    public record Example(
            String what, String id, String language, String text, String dataSet, String trainingText, double share) {
        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("what", what);
            map.put("id", id);
            map.put("language", language);
            map.put("text", text);
            map.put("data_set", dataSet);
            map.put("training_text", trainingText);
            map.put("share", share);
            return map;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s [%s] (%s) \"%s\" in data set [%s]: \"%s\"",
                    what,
                    id,
                    language,
                    shortened(text),
                    dataSet,
                    shortened(trainingText));
        }

        private static String shortened(String text) {
            String line = text.replaceAll("\\s+", " ");
            return line.codePointCount(0, line.length()) <= 80
                    ? line
                    : line.substring(0, line.offsetByCodePoints(0, 80)) + "...";
        }
    }

    public LeakageReport {
        pairs = Collections.unmodifiableMap(new LinkedHashMap<>(pairs));
        examples = List.copyOf(examples);
    }

    /** Whether anything was found. */
    public boolean found() {
        return passages.all() + questions.all() > 0;
    }

    /** Training pairs of all data sets that hold a text of the evaluation. */
    public int leakingPairs() {
        return pairs.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Plain maps, lists, strings and numbers. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("collection", collection);
        map.put("threshold", threshold);
        map.put("passages", passages.toMap());
        map.put("questions", questions.toMap());
        map.put("pairs", pairs);
        List<Object> list = new ArrayList<>();
        examples.forEach(example -> list.add(example.toMap()));
        map.put("examples", list);
        return map;
    }
}
