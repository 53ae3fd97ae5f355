package org.hybridir.trainer.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hybridir.compare.Holm;
import org.hybridir.compare.PairedOutcome;
import org.hybridir.compare.PairedTest;
import org.hybridir.compare.PairedValues;
import org.hybridir.measure.Setting;

/**
 * Two variants in one setting, question by question.
 *
 * <p>A question's value is its average precision, averaged over the seeds that both variants were trained with;
 * cross-lingually each of these is itself a mean over the other languages' pools. Seeds are averaged, not paired one by one,
 * because equal seeds share the held-out pairs and little else. What else makes up the unit says {@link PairedValues}. So
 * the test speaks of other questions, for these seeds; the spread over seeds stands in the results beside it.
 *
 * @param seeds how many were averaged
 * @param outcome of the test
 * @param corrected p by {@link Holm}, for all comparisons of the sweep
 */
record VariantComparison(Variant a, Variant b, Setting setting, int seeds, PairedOutcome outcome, double corrected) {

    /** Each variant with each one behind it, in each setting in which questions have values. */
    static List<VariantComparison> all(SweepReport report, PairedTest test) {
        List<Variant> variants = report.variants();
        List<VariantComparison> all = new ArrayList<>();
        for (int first = 0; first < variants.size(); first++) {
            for (int second = first + 1; second < variants.size(); second++) {
                List<RunResult> a = report.of(variants.get(first));
                List<RunResult> b = report.of(variants.get(second));
                for (Setting setting : Setting.values()) {
                    of(withSeedsOf(b, a), withSeedsOf(a, b), setting, test).ifPresent(all::add);
                }
            }
        }
        return corrected(all);
    }

    private static List<VariantComparison> corrected(List<VariantComparison> all) {
        List<Double> p = Holm.correct(all.stream().map(one -> one.outcome.p()).toList());
        List<VariantComparison> corrected = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            VariantComparison one = all.get(i);
            corrected.add(new VariantComparison(one.a, one.b, one.setting, one.seeds, one.outcome, p.get(i)));
        }
        return corrected;
    }

    private static List<RunResult> withSeedsOf(List<RunResult> others, List<RunResult> results) {
        List<Long> seeds = others.stream().map(other -> other.run().seed()).toList();
        return results.stream()
                .filter(result -> seeds.contains(result.run().seed()))
                .toList();
    }

    /**
     * Compares the runs of two variants; p is not yet corrected, because that needs all comparisons.
     *
     * @param a with the same seeds as b
     * @return empty if there is no run, or no question with a value
     */
    static Optional<VariantComparison> of(List<RunResult> a, List<RunResult> b, Setting setting, PairedTest test) {
        PairedValues values = paired(values(a, setting), values(b, setting));
        if (values.size() == 0) {
            return Optional.empty();
        }
        PairedOutcome outcome = test.of(values);
        return Optional.of(new VariantComparison(
                a.get(0).run().variant(), b.get(0).run().variant(), setting, a.size(), outcome, outcome.p()));
    }

    private static PairedValues paired(Map<String, Double> a, Map<String, Double> b) {
        List<String> both = a.keySet().stream()
                .filter(question -> a.get(question) != null && b.get(question) != null)
                .toList();
        return new PairedValues(
                both.stream().mapToDouble(a::get).toArray(),
                both.stream().mapToDouble(b::get).toArray());
    }

    /** The mean of each question over all seeds. */
    private static Map<String, Double> values(List<RunResult> results, Setting setting) {
        QuestionMeans values = new QuestionMeans();
        results.forEach(
                result -> values.add(result.questionIds(), result.precision().get(setting)));
        return values.means();
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", a.key());
        map.put("b", b.key());
        map.put("measure", "AP");
        map.put("setting", setting.key());
        map.put("seeds", seeds);
        map.putAll(outcome.toMap(corrected));
        return map;
    }
}
