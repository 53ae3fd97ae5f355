package org.hybridir.trainer.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;
import org.hybridir.measure.Success;
import org.hybridir.measure.TextGrid;

/**
 * Retrieval of translations, as XTREME reports Tatoeba: the accuracy of the nearest neighbour, in both directions.
 *
 * @param accuracies by language, in the order that they were asked for
 */
public record BitextResult(Map<String, Accuracy> accuracies) {
    /** A translation is found if it ranks first. */
    public static final Success MEASURE = new Success(1);

    private static final String ENGLISH = "en";

    public BitextResult {
        accuracies = Collections.unmodifiableMap(new LinkedHashMap<>(accuracies));
    }

    /**
     * One language.
     *
     * @param sentences pairs
     * @param toEnglish share of its sentences whose translation is the first of the English ones
     * @param fromEnglish share of the English sentences whose translation is the first of the others
     */
    public record Accuracy(int sentences, double toEnglish, double fromEnglish) {
        /** From the cross-lingual report of a collection in two languages, English and another. */
        public static Accuracy of(Report report) {
            String other = report.languages().stream()
                    .filter(language -> !language.equals(ENGLISH))
                    .findFirst()
                    .orElseThrow();
            Map<String, Map<String, Report.Row>> pairs =
                    report.settings().get(Setting.CROSS_LINGUAL).perPair();
            return new Accuracy(
                    report.pools().get(other),
                    pairs.get(other).get(ENGLISH).means().get(MEASURE.name()),
                    pairs.get(ENGLISH).get(other).means().get(MEASURE.name()));
        }
    }

    /** The mean over languages. */
    public double mean(ToDoubleFunction<Accuracy> direction) {
        return accuracies.values().stream().mapToDouble(direction).average().orElseThrow();
    }

    /** Plain maps for JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("measure", MEASURE.name());
        map.put("mean", row(mean(Accuracy::toEnglish), mean(Accuracy::fromEnglish)));
        Map<String, Object> rows = new LinkedHashMap<>();
        accuracies.forEach((language, accuracy) -> {
            Map<String, Object> row = row(accuracy.toEnglish, accuracy.fromEnglish);
            row.put("sentences", accuracy.sentences);
            rows.put(language, row);
        });
        map.put("languages", rows);
        return map;
    }

    private static Map<String, Object> row(double toEnglish, double fromEnglish) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("to_english", toEnglish);
        row.put("from_english", fromEnglish);
        return row;
    }

    /** A table as plain text. */
    public String render() {
        TextGrid grid = new TextGrid();
        grid.row(List.of("accuracy", "sentences", "xxx->en", "en->xxx"));
        accuracies.forEach((language, accuracy) -> grid.row(List.of(
                language,
                String.format(Locale.ROOT, "%,d", accuracy.sentences),
                percent(accuracy.toEnglish),
                percent(accuracy.fromEnglish))));
        grid.row(List.of("mean", "", percent(mean(Accuracy::toEnglish)), percent(mean(Accuracy::fromEnglish))));
        return grid.render();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
