package org.hybridir.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiPredicate;
import org.hybridir.measure.Measures;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;
import org.hybridir.measure.Spearman;

/**
 * A report by what its languages are: results by family, branch and script, and whether cross-lingual ones fall with the
 * distance between question and passage language.
 *
 * @param report of which this speaks
 * @param measure the one that is correlated with distance
 */
public record Typology(Report report, String measure) {
    /** @throws IllegalArgumentException if the report has no such measure */
    public Typology {
        if (!report.measures().contains(measure)) {
            throw new IllegalArgumentException(
                    "measure [" + measure + "] is not in the report, which has " + report.measures());
        }
    }

    /** With the report's first measure that says anything cross-lingually, or just its first. */
    public static Typology of(Report report) {
        return new Typology(
                report,
                report.measures().stream()
                        .filter(name -> Measures.parse(name).in(Setting.CROSS_LINGUAL))
                        .findFirst()
                        .orElse(report.measures().get(0)));
    }

    /** Those of the report's languages that the table has, by the report's codes. */
    public Map<String, Language> known() {
        Map<String, Language> known = new LinkedHashMap<>();
        report.languages().forEach(code -> Languages.find(code).ifPresent(language -> known.put(code, language)));
        return known;
    }

    /** Those that the table lacks. */
    public List<String> unknown() {
        return report.languages().stream()
                .filter(code -> Languages.find(code).isEmpty())
                .toList();
    }

    /** The group of a language; {@code unknown} if the table lacks it. */
    static String group(Grouping grouping, String code) {
        return grouping.of(Languages.find(code));
    }

    /** Results by the group of the question's language, in the monolingual or the multilingual setting. */
    public Map<String, Group> byGroup(Grouping grouping, Setting setting) {
        Map<String, List<Report.Row>> rows = new LinkedHashMap<>();
        result(setting).ifPresent(result -> result.perLanguage()
                .forEach((code, row) -> rows.computeIfAbsent(group(grouping, code), group -> new ArrayList<>())
                        .add(row)));
        return groups(rows);
    }

    /** Cross-lingual results by the group of the question's language, then that of the passages'. */
    public Map<String, Map<String, Group>> byPair(Grouping grouping) {
        Map<String, Map<String, List<Report.Row>>> rows = new LinkedHashMap<>();
        for (Pair pair : pairs()) {
            rows.computeIfAbsent(group(grouping, pair.question), group -> new LinkedHashMap<>())
                    .computeIfAbsent(group(grouping, pair.passage), group -> new ArrayList<>())
                    .add(pair.row);
        }
        Map<String, Map<String, Group>> groups = new LinkedHashMap<>();
        rows.forEach((group, line) -> groups.put(group, groups(line)));
        return groups;
    }

    /** Cross-lingual results of pairs of a question's group and a passage's that belong together. */
    Group crossLingual(Grouping grouping, BiPredicate<String, String> together) {
        List<Report.Row> rows = pairs().stream()
                .filter(pair -> together.test(group(grouping, pair.question), group(grouping, pair.passage)))
                .map(Pair::row)
                .toList();
        return Group.of(report.measures(), rows);
    }

    private Map<String, Group> groups(Map<String, List<Report.Row>> rows) {
        Map<String, Group> groups = new LinkedHashMap<>();
        rows.forEach((group, list) -> groups.put(group, Group.of(report.measures(), list)));
        return groups;
    }

    private record Pair(String question, String passage, Report.Row row) {}

    /** Of two languages each. */
    private List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        result(Setting.CROSS_LINGUAL).ifPresent(result -> result.perPair()
                .forEach((question, line) -> line.forEach((passage, row) -> {
                    if (!question.equals(passage)) {
                        pairs.add(new Pair(question, passage, row));
                    }
                })));
        return pairs;
    }

    private Optional<Report.Result> result(Setting setting) {
        return Optional.ofNullable(report.settings().get(setting));
    }

    /**
     * Cross-lingual results against distance.
     *
     * @param pairs ordered pairs of languages that have both a result and a distance
     * @param spearman Spearman's rank correlation; negative if retrieval gets worse with distance (with measures of which
     *     more is better). Empty if all distances or all results are equal
     */
    public record DistanceCorrelation(int pairs, OptionalDouble spearman) {}

    public DistanceCorrelation correlation() {
        List<double[]> points = new ArrayList<>();
        for (Pair pair : pairs()) {
            OptionalDouble distance = distance(pair.question, pair.passage);
            Double mean = pair.row.means().get(measure);
            if (distance.isPresent() && mean != null) {
                points.add(new double[] {distance.getAsDouble(), mean});
            }
        }
        double[] distances = points.stream().mapToDouble(point -> point[0]).toArray();
        double[] means = points.stream().mapToDouble(point -> point[1]).toArray();
        return new DistanceCorrelation(points.size(), Spearman.correlation(distances, means));
    }

    private static OptionalDouble distance(String a, String b) {
        Optional<Language> one = Languages.find(a);
        Optional<Language> other = Languages.find(b);
        return one.isEmpty() || other.isEmpty() ? OptionalDouble.empty() : Genealogy.distance(one.get(), other.get());
    }

    /**
     * Plain maps, lists, strings and numbers in a fixed order, for any JSON writer:
     *
     * <pre>{@code
     * languages: {de: {name, iso639_3, family, branch, script}}
     * unknown: [codes that the table lacks]
     * groups:
     *   family:                                       and branch, and script
     *     monolingual: {Uralic: {languages, AP, ...}}            so too multilingual
     *     cross_lingual: {Uralic: {Turkic: {pairs, AP, ...}}}    question's group, then passage's
     * distance: {measure, pairs, spearman or null, per_pair: {de: {en: 0.45}}}
     * }</pre>
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        Map<String, Object> languages = new LinkedHashMap<>();
        known().forEach((code, language) -> languages.put(code, describe(language)));
        map.put("languages", languages);
        map.put("unknown", unknown());
        Map<String, Object> groups = new LinkedHashMap<>();
        for (Grouping grouping : Grouping.values()) {
            groups.put(grouping.key(), groups(grouping));
        }
        map.put("groups", groups);
        map.put("distance", distances());
        return map;
    }

    private static Map<String, Object> describe(Language language) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", language.name());
        map.put("iso639_3", language.alpha3());
        map.put("family", language.family());
        map.put("branch", language.branch());
        map.put("script", language.script().name());
        return map;
    }

    private Map<String, Object> groups(Grouping grouping) {
        Map<String, Object> map = new LinkedHashMap<>();
        report.settings().keySet().forEach(setting -> {
            Map<String, Object> groups = new LinkedHashMap<>();
            if (setting == Setting.CROSS_LINGUAL) {
                byPair(grouping).forEach((group, line) -> groups.put(group, toMap(line, "pairs")));
            } else {
                groups.putAll(toMap(byGroup(grouping, setting), "languages"));
            }
            map.put(setting.key(), groups);
        });
        return map;
    }

    private static Map<String, Object> toMap(Map<String, Group> groups, String what) {
        Map<String, Object> map = new LinkedHashMap<>();
        groups.forEach((name, group) -> map.put(name, group.toMap(what)));
        return map;
    }

    private Map<String, Object> distances() {
        DistanceCorrelation correlation = correlation();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("measure", measure);
        map.put("pairs", correlation.pairs());
        map.put(
                "spearman",
                correlation.spearman().isPresent() ? correlation.spearman().getAsDouble() : null);
        Map<String, Object> perPair = new LinkedHashMap<>();
        for (String a : report.languages()) {
            Map<String, Object> line = new LinkedHashMap<>();
            report.languages().forEach(b -> distance(a, b).ifPresent(distance -> line.put(b, distance)));
            line.remove(a);
            if (!line.isEmpty()) {
                perPair.put(a, line);
            }
        }
        map.put("per_pair", perPair);
        return map;
    }
}
