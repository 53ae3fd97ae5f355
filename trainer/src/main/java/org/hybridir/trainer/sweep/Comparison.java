package org.hybridir.trainer.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hybridir.measure.Setting;

/**
 * Two variants in one setting, question by question.
 *
 * <p>A question's value is its average precision, averaged over the seeds that both variants were trained with and over the
 * languages that it is asked in; cross-lingually each of these is itself a mean over the other languages' pools. Seeds are
 * averaged, not paired one by one, because equal seeds share the held-out pairs and little else; languages are, because translations of one
 * question are not independent. So the test speaks of other questions, for these seeds; the spread over seeds stands in the
 * results beside it.
 *
 * @param seeds how many were averaged
 * @param questions how many have a value in the setting
 * @param meanA mean of the first one's values: over questions, not a macro mean over languages
 * @param meanB mean of the second one's values
 * @param p of {@link RandomisationTest}, not corrected for how many comparisons there are
 */
public record Comparison(
        Variant a, Variant b, Setting setting, int seeds, int questions, double meanA, double meanB, double p) {

    /** Each variant with each one behind it, in each setting in which questions have values. */
    static List<Comparison> all(SweepReport report, RandomisationTest test) {
        List<Variant> variants = report.plan().variants();
        List<Comparison> all = new ArrayList<>();
        for (int first = 0; first < variants.size(); first++) {
            for (int second = first + 1; second < variants.size(); second++) {
                List<RunResult> a = report.of(variants.get(first));
                List<RunResult> b = report.of(variants.get(second));
                for (Setting setting : Setting.values()) {
                    of(withSeedsOf(b, a), withSeedsOf(a, b), setting, test).ifPresent(all::add);
                }
            }
        }
        return all;
    }

    private static List<RunResult> withSeedsOf(List<RunResult> others, List<RunResult> results) {
        List<Long> seeds = others.stream().map(other -> other.run().seed()).toList();
        return results.stream()
                .filter(result -> seeds.contains(result.run().seed()))
                .toList();
    }

    /**
     * Compares the runs of two variants.
     *
     * @param a with the same seeds as b
     * @return empty if there is no run, or no question with a value
     */
    static Optional<Comparison> of(List<RunResult> a, List<RunResult> b, Setting setting, RandomisationTest test) {
        Map<String, Double> valuesA = values(a, setting);
        Map<String, Double> valuesB = values(b, setting);
        List<String> questions =
                valuesA.keySet().stream().filter(valuesB::containsKey).toList();
        if (questions.isEmpty()) {
            return Optional.empty();
        }
        double[] differences = questions.stream()
                .mapToDouble(question -> valuesA.get(question) - valuesB.get(question))
                .toArray();
        return Optional.of(new Comparison(
                a.get(0).run().variant(),
                b.get(0).run().variant(),
                setting,
                a.size(),
                questions.size(),
                mean(valuesA, questions),
                mean(valuesB, questions),
                test.p(differences)));
    }

    /** Question to mean over its languages and all seeds. */
    private static Map<String, Double> values(List<RunResult> results, Setting setting) {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (RunResult result : results) {
            List<Double> precision = result.precision().get(setting);
            for (int question = 0; question < precision.size(); question++) {
                if (precision.get(question) != null) {
                    values.computeIfAbsent(result.questionIds().get(question), id -> new ArrayList<>())
                            .add(precision.get(question));
                }
            }
        }
        return values.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> mean(entry.getValue()), (x, y) -> x, LinkedHashMap::new));
    }

    private static double mean(Map<String, Double> values, List<String> questions) {
        return mean(questions.stream().map(values::get).toList());
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** Mean of the first one less that of the second one. */
    public double difference() {
        return meanA - meanB;
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", a.key());
        map.put("b", b.key());
        map.put("setting", setting.key());
        map.put("seeds", seeds);
        map.put("questions", questions);
        map.put("mean_AP_a", meanA);
        map.put("mean_AP_b", meanB);
        map.put("difference", difference());
        map.put("p", p);
        return map;
    }
}
