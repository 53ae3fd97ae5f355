package org.hybridir.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hybridir.measure.Setting;

/**
 * Two results side by side.
 *
 * @param a the first one
 * @param b the second one
 * @param common questions that both were asked, each language counting
 * @param onlyA those that only a was asked; they are left out
 * @param onlyB those that only b was asked
 * @param lines one for each measure and setting that both have
 */
public record ComparedPair(ComparedResult a, ComparedResult b, int common, int onlyA, int onlyB, List<Line> lines) {
    public ComparedPair {
        lines = List.copyOf(lines);
    }

    /**
     * One measure in one setting.
     *
     * @param perLanguage by question language, of those questions that both have a value for in it
     * @param corrected p by {@link Holm}
     */
    public record Line(
            String measure,
            Setting setting,
            PairedOutcome outcome,
            Map<String, LanguageMeans> perLanguage,
            double corrected) {

        /** Empty if they have no question with a value in common; p is not yet corrected. */
        private static Optional<Line> of(
                ComparedResult a, ComparedResult b, String measure, Setting setting, PairedTest test) {
            Map<AskedQuestion, Double> valuesA = a.values(measure, setting);
            Map<AskedQuestion, Double> valuesB = b.values(measure, setting);
            PairedValues values = PairedValues.of(valuesA, valuesB);
            if (values.size() == 0) {
                return Optional.empty();
            }
            PairedOutcome outcome = test.of(values);
            return Optional.of(new Line(measure, setting, outcome, LanguageMeans.of(valuesA, valuesB), outcome.p()));
        }

        Line corrected(double p) {
            return new Line(measure, setting, outcome, perLanguage, p);
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = outcome.toMap(corrected);
            Map<String, Object> languages = new LinkedHashMap<>();
            perLanguage.forEach((language, means) -> languages.put(language, means.toMap()));
            map.put("per_language", languages);
            return map;
        }
    }

    /** Means over the questions of one language. */
    public record LanguageMeans(int questions, double meanA, double meanB) {
        private static Map<String, LanguageMeans> of(Map<AskedQuestion, Double> a, Map<AskedQuestion, Double> b) {
            Set<String> languages = new TreeSet<>();
            a.keySet().stream().filter(b::containsKey).forEach(question -> languages.add(question.language()));
            Map<String, LanguageMeans> means = new LinkedHashMap<>();
            for (String language : languages) {
                PairedValues values =
                        PairedValues.of(a, b, question -> question.language().equals(language));
                means.put(language, new LanguageMeans(values.size(), values.meanA(), values.meanB()));
            }
            return means;
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("questions", questions);
            map.put("mean_a", meanA);
            map.put("mean_b", meanB);
            map.put("difference", meanA - meanB);
            return map;
        }
    }

    /** With p not yet corrected, because that needs all pairs. */
    static ComparedPair of(
            ComparedResult a, ComparedResult b, List<String> measures, PairedTest test, Runnable checkpoint) {
        Set<AskedQuestion> common = new LinkedHashSet<>(a.asked());
        common.retainAll(new LinkedHashSet<>(b.asked()));
        if (common.isEmpty()) {
            throw new IllegalArgumentException("results [" + a.name() + "] and [" + b.name()
                    + "] have no question in common; compare results on the same collection and languages");
        }
        List<Line> lines = new ArrayList<>();
        for (String measure : measures(a, b, measures)) {
            for (Setting setting : Setting.values()) {
                if (a.has(measure, setting) && b.has(measure, setting)) {
                    checkpoint.run();
                    Line.of(a, b, measure, setting, test).ifPresent(lines::add);
                }
            }
        }
        return new ComparedPair(
                a, b, common.size(), a.asked().size() - common.size(), b.asked().size() - common.size(), lines);
    }

    private static List<String> measures(ComparedResult a, ComparedResult b, List<String> wanted) {
        List<String> both = a.questions().measures().keySet().stream()
                .filter(b.questions().measures()::containsKey)
                .toList();
        String names = "results [" + a.name() + "] and [" + b.name() + "]";
        if (both.isEmpty()) {
            throw new IllegalArgumentException(names + " have no measure in common: "
                    + a.questions().measures().keySet() + " and "
                    + b.questions().measures().keySet());
        }
        for (String measure : wanted) {
            if (!both.contains(measure)) {
                throw new IllegalArgumentException(
                        "measure [" + measure + "] is not in both " + names + "; both have " + both);
            }
        }
        return wanted.isEmpty() ? both : wanted.stream().distinct().toList();
    }

    /** Whether both tell their pools and these are not of the same sizes: then the values are not of one task. */
    public boolean poolsDiffer() {
        return !a.pools().isEmpty() && !b.pools().isEmpty() && !a.pools().equals(b.pools());
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", a.name());
        map.put("b", b.name());
        Map<String, Object> questions = new LinkedHashMap<>();
        questions.put("compared", common);
        questions.put("only_a", onlyA);
        questions.put("only_b", onlyB);
        map.put("questions", questions);
        map.put("pools_differ", poolsDiffer());
        Map<String, Map<String, Object>> measures = new LinkedHashMap<>();
        for (Line line : lines) {
            measures.computeIfAbsent(line.measure, measure -> new LinkedHashMap<>())
                    .put(line.setting.key(), line.toMap());
        }
        map.put("measures", measures);
        return map;
    }
}
