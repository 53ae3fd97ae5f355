package org.hybridir.measure;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * The result of an evaluation. Immutable; nothing is rounded.
 *
 * @param languages of questions and passages
 * @param measures names, as asked for
 * @param pools passages of each language
 * @param questions of each language, counted or left out
 * @param settings those asked for
 * @param detail what means do not tell; there if the multilingual setting was asked for
 */
public record Report(
        List<String> languages,
        List<String> measures,
        Map<String, Integer> pools,
        Map<String, Integer> questions,
        Map<Setting, Result> settings,
        Optional<Detail> detail) {

    public Report {
        languages = List.copyOf(languages);
        measures = List.copyOf(measures);
        pools = frozen(pools);
        questions = frozen(questions);
        settings = Collections.unmodifiableMap(new EnumMap<>(settings));
    }

    /**
     * A closer look at the multilingual setting.
     *
     * @param top what stands first
     * @param goldRanks how far down the relevant passages stand
     * @param worst the ten questions with the lowest average precision, the lowest first; ties by id, then language
     */
    public record Detail(TopLanguages top, GoldRanks goldRanks, List<WorstQuestion> worst) {
        public Detail {
            worst = List.copyOf(worst);
        }
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

        private static Result fromMap(PlainMap map) {
            Map<String, Map<String, Row>> pairs = new LinkedHashMap<>();
            if (map.has("per_pair")) {
                PlainMap lines = map.child("per_pair");
                lines.keys().forEach(language -> pairs.put(language, rowsOf(lines.child(language))));
            }
            return new Result(
                    Row.fromMap(map.child("mean")), map.count("averaged"), rowsOf(map.child("per_language")), pairs);
        }

        private static Map<String, Row> rowsOf(PlainMap map) {
            Map<String, Row> rows = new LinkedHashMap<>();
            map.keys().forEach(key -> rows.put(key, Row.fromMap(map.child(key))));
            return rows;
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
     * @param means by measure; a measure that has no value for any of the rankings is missing
     * @param rankings how many were counted
     * @param leftOut how many were not, because the question has no relevant passage in the pool
     * @param withoutValue by measure, for how many of the counted rankings it has no value, so that they have no part in its
     *     mean; a measure that has a value for all is missing
     */
    public record Row(Map<String, Double> means, int rankings, int leftOut, Map<String, Integer> withoutValue) {
        private static final String RANKINGS = "rankings";
        private static final String LEFT_OUT = "left_out";
        private static final String WITHOUT_VALUE = "without_value";

        public Row {
            means = frozen(means);
            withoutValue = frozen(withoutValue);
        }

        /** The mean of means, of each measure over the rows in which it has one. */
        public static Row meanOf(List<String> measures, Collection<Row> rows) {
            Map<String, Double> means = new LinkedHashMap<>();
            Map<String, Integer> withoutValue = new LinkedHashMap<>();
            for (String measure : measures) {
                rows.stream()
                        .filter(row -> row.means.containsKey(measure))
                        .mapToDouble(row -> row.means.get(measure))
                        .average()
                        .ifPresent(mean -> means.put(measure, mean));
                int without = rows.stream()
                        .mapToInt(row -> row.withoutValue.getOrDefault(measure, 0))
                        .sum();
                if (without > 0) {
                    withoutValue.put(measure, without);
                }
            }
            int rankings = rows.stream().mapToInt(Row::rankings).sum();
            return new Row(means, rankings, rows.stream().mapToInt(Row::leftOut).sum(), withoutValue);
        }

        private static Row fromMap(PlainMap map) {
            Map<String, Double> means = new LinkedHashMap<>();
            for (String key : map.keys()) {
                if (!key.equals(RANKINGS) && !key.equals(LEFT_OUT) && !key.equals(WITHOUT_VALUE)) {
                    means.put(key, map.number(key).doubleValue());
                }
            }
            return new Row(
                    means,
                    map.count(RANKINGS),
                    map.count(LEFT_OUT),
                    map.has(WITHOUT_VALUE) ? map.child(WITHOUT_VALUE).counts() : Map.of());
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>(means);
            map.put(RANKINGS, rankings);
            map.put(LEFT_OUT, leftOut);
            if (!withoutValue.isEmpty()) {
                map.put(WITHOUT_VALUE, new LinkedHashMap<>(withoutValue));
            }
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
     * top:
     *   cut_off: 10
     *   shares: {ar: {ar: 0.6, de: 0.4}, de: ...}     question language, then passage language
     *   pool_shares: {ar, de}
     *   rank_correlation: {mean, questions}
     * gold_ranks:
     *   bounds: [1, 5, 10, ...]
     *   counts: {ar: [...], de: ...}
     * worst:
     * - {id, language, text, AP, golds: [{id, language, rank, score, text}], top: [{id, language, score, relevant, text}]}
     * }</pre>
     *
     * Rows have {@code without_value: {measure: rankings}} too, if a measure had no value for some rankings. The last three
     * are there if the multilingual setting is; a text, if known; a rank, if the passage was retrieved.
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
        detail.ifPresent(known -> {
            map.put("top", known.top.toMap());
            map.put("gold_ranks", known.goldRanks.toMap());
            map.put("worst", known.worst.stream().map(WorstQuestion::toMap).toList());
        });
        return map;
    }

    /**
     * The report that {@link #toMap} wrote, such as one that came over the wire as JSON.
     *
     * @throws IllegalArgumentException if a part is missing or of another kind
     */
    public static Report fromMap(Map<String, ?> values) {
        PlainMap map = new PlainMap("a report", values);
        Map<Setting, Result> settings = new EnumMap<>(Setting.class);
        PlainMap results = map.child("settings");
        for (Setting setting : Setting.values()) {
            if (results.has(setting.key())) {
                settings.put(setting, Result.fromMap(results.child(setting.key())));
            }
        }
        return new Report(
                map.strings("languages"),
                map.strings("measures"),
                map.child("pools").child("per_language").counts(),
                map.child("questions").child("per_language").counts(),
                settings,
                map.has("top") ? Optional.of(detail(map)) : Optional.empty());
    }

    private static Detail detail(PlainMap map) {
        return new Detail(
                TopLanguages.fromMap(map.child("top")),
                GoldRanks.fromMap(map.child("gold_ranks")),
                map.children("worst").stream().map(WorstQuestion::fromMap).toList());
    }

    /**
     * The same report with the texts of its worst questions and their passages.
     *
     * @param questions text of a question by id and language; null if not known
     * @param passages text of a passage by id; null if not known
     */
    public Report withTexts(BinaryOperator<String> questions, UnaryOperator<String> passages) {
        return new Report(
                languages,
                measures,
                pools,
                this.questions,
                settings,
                detail.map(known -> new Detail(
                        known.top,
                        known.goldRanks,
                        known.worst.stream()
                                .map(question -> question.withTexts(questions, passages))
                                .toList())));
    }

    private static Map<String, Object> totalled(int total, Map<String, Integer> perLanguage) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("total", total);
        map.put("per_language", new LinkedHashMap<>(perLanguage));
        return map;
    }

    private static int sum(Map<String, Integer> numbers) {
        return numbers.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** An unmodifiable copy that, unlike Map.copyOf, keeps the order. */
    static <V> Map<String, V> frozen(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
