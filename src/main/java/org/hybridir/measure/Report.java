package org.hybridir.measure;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of an evaluation. Immutable; nothing is rounded.
 *
 * @param languages of questions and passages
 * @param measures names, as asked for
 * @param pools passages of each language
 * @param questions of each language, counted or left out
 * @param settings those asked for
 */
public record Report(
        List<String> languages,
        List<String> measures,
        Map<String, Integer> pools,
        Map<String, Integer> questions,
        Map<Setting, Result> settings) {

    public Report {
        languages = List.copyOf(languages);
        measures = List.copyOf(measures);
        pools = frozen(pools);
        questions = frozen(questions);
        settings = Collections.unmodifiableMap(new EnumMap<>(settings));
    }

    /**
     * One setting.
     *
     * @param mean the macro mean, and how many rankings were counted and left out in all
     * @param averaged over how many languages, or ordered pairs of languages, the macro mean goes: those with a ranking
     * @param perLanguage by question language; a cross-lingual row is the mean over the other passage languages
     * @param perPair cross-lingual only: question language, then passage language; the diagonal is the monolingual setting
     *     and there if that was asked for too
     */
    public record Result(Row mean, int averaged, Map<String, Row> perLanguage, Map<String, Map<String, Row>> perPair) {
        public Result {
            perLanguage = frozen(perLanguage);
            Map<String, Map<String, Row>> lines = new LinkedHashMap<>();
            perPair.forEach((language, line) -> lines.put(language, frozen(line)));
            perPair = Collections.unmodifiableMap(lines);
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("mean", mean.toMap());
            map.put("averaged", averaged);
            map.put("per_language", rows(perLanguage));
            if (!perPair.isEmpty()) {
                Map<String, Object> lines = new LinkedHashMap<>();
                perPair.forEach((language, line) -> lines.put(language, rows(line)));
                map.put("per_pair", lines);
            }
            return map;
        }

        private static Result fromMap(Map<String, ?> map) {
            Map<String, Map<String, Row>> pairs = new LinkedHashMap<>();
            if (map.containsKey("per_pair")) {
                Map<String, ?> lines = child(map, "per_pair");
                lines.keySet().forEach(language -> pairs.put(language, rowsOf(child(lines, language))));
            }
            return new Result(
                    Row.fromMap(child(map, "mean")), count(map, "averaged"), rowsOf(child(map, "per_language")), pairs);
        }

        private static Map<String, Object> rows(Map<String, Row> rows) {
            Map<String, Object> map = new LinkedHashMap<>();
            rows.forEach((language, row) -> map.put(language, row.toMap()));
            return map;
        }
    }

    /**
     * Means over some rankings, a ranking being one question against one pool.
     *
     * @param means by measure; a measure that says nothing in the setting is missing, and all are if nothing was counted
     * @param rankings how many were counted
     * @param leftOut how many were not, because the question has no relevant passage in the pool
     */
    public record Row(Map<String, Double> means, int rankings, int leftOut) {
        public Row {
            means = frozen(means);
        }

        /** The mean of means, over the rows in which something was counted. */
        public static Row meanOf(Collection<Row> rows) {
            List<Row> counted = rows.stream().filter(row -> row.rankings > 0).toList();
            Map<String, Double> means = new LinkedHashMap<>();
            if (!counted.isEmpty()) {
                for (String measure : counted.get(0).means.keySet()) {
                    double sum = 0;
                    for (Row row : counted) {
                        sum += row.means.get(measure);
                    }
                    means.put(measure, sum / counted.size());
                }
            }
            int rankings = rows.stream().mapToInt(Row::rankings).sum();
            return new Row(means, rankings, rows.stream().mapToInt(Row::leftOut).sum());
        }

        private static Row fromMap(Map<String, ?> map) {
            Map<String, Double> means = new LinkedHashMap<>();
            map.forEach((measure, value) -> {
                if (!measure.equals("rankings") && !measure.equals("left_out") && value instanceof Number number) {
                    means.put(measure, number.doubleValue());
                }
            });
            return new Row(means, count(map, "rankings"), count(map, "left_out"));
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>(means);
            map.put("rankings", rankings);
            map.put("left_out", leftOut);
            return map;
        }
    }

    /** How many passages the multilingual pool holds. */
    public int passageCount() {
        return sum(pools);
    }

    /** How many questions there are in all languages. */
    public int questionCount() {
        return sum(questions);
    }

    /**
     * Plain maps, lists, strings and numbers in a fixed order, for any JSON writer:
     *
     * <pre>{@code
     * languages: [ar, de]
     * measures: [AP, RankDistance]
     * pools: {total, per_language: {ar, de}}          passages
     * questions: {total, per_language: {ar, de}}
     * settings:
     *   monolingual:
     *     mean: {AP, rankings, left_out}
     *     averaged: 2
     *     per_language: {ar: {AP, rankings, left_out}, de: ...}
     *   cross_lingual:
     *     mean, averaged, per_language as above
     *     per_pair: {ar: {ar: {AP, rankings, left_out}, de: ...}, de: ...}
     *   multilingual:
     *     mean: {AP, RankDistance, rankings, left_out}, averaged, per_language
     * }</pre>
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("languages", languages);
        map.put("measures", measures);
        map.put("pools", totalled(passageCount(), pools));
        map.put("questions", totalled(questionCount(), questions));
        Map<String, Object> results = new LinkedHashMap<>();
        settings.forEach((setting, result) -> results.put(setting.key(), result.toMap()));
        map.put("settings", results);
        return map;
    }

    /**
     * The report that {@link #toMap} wrote, such as one that came over the wire as JSON.
     *
     * @throws IllegalArgumentException if a part is missing or of another kind
     */
    public static Report fromMap(Map<String, ?> map) {
        Map<Setting, Result> settings = new EnumMap<>(Setting.class);
        Map<String, ?> results = child(map, "settings");
        for (Setting setting : Setting.values()) {
            if (results.containsKey(setting.key())) {
                settings.put(setting, Result.fromMap(child(results, setting.key())));
            }
        }
        return new Report(
                strings(map, "languages"),
                strings(map, "measures"),
                counts(child(child(map, "pools"), "per_language")),
                counts(child(child(map, "questions"), "per_language")),
                settings);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> child(Map<String, ?> map, String key) {
        if (map.get(key) instanceof Map<?, ?> child) {
            return (Map<String, ?>) child;
        }
        throw new IllegalArgumentException("a report has an object [" + key + "], this one has [" + map.get(key) + "]");
    }

    private static List<String> strings(Map<String, ?> map, String key) {
        if (map.get(key) instanceof List<?> list) {
            return list.stream().map(Object::toString).toList();
        }
        throw new IllegalArgumentException("a report has a list [" + key + "], this one has [" + map.get(key) + "]");
    }

    private static Map<String, Integer> counts(Map<String, ?> map) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        map.keySet().forEach(key -> counts.put(key, count(map, key)));
        return counts;
    }

    private static int count(Map<String, ?> map, String key) {
        if (map.get(key) instanceof Number number) {
            return number.intValue();
        }
        throw new IllegalArgumentException("a report has a number [" + key + "], this one has [" + map.get(key) + "]");
    }

    private static Map<String, Row> rowsOf(Map<String, ?> map) {
        Map<String, Row> rows = new LinkedHashMap<>();
        map.keySet().forEach(key -> rows.put(key, Row.fromMap(child(map, key))));
        return rows;
    }

    private static Map<String, Object> totalled(int total, Map<String, Integer> perLanguage) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("total", total);
        map.put("per_language", perLanguage);
        return map;
    }

    private static int sum(Map<String, Integer> numbers) {
        return numbers.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** An unmodifiable copy that, unlike Map.copyOf, keeps the order. */
    private static <V> Map<String, V> frozen(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
