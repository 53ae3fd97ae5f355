package org.hybridir.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Results compared, each with each one behind it.
 *
 * <p>p-values are corrected by {@link Holm} within a measure: the hypotheses tested together are those that two of the
 * results do not differ in it, for all pairs of results in all settings. Measures are corrected each by itself, because they
 * are views of the same rankings, and so that a p does not depend on which others were asked for; who picks the measure
 * afterwards is not protected from his own choice.
 */
public record Comparison(List<ComparedResult> results, List<ComparedPair> pairs) {
    public Comparison {
        results = List.copyOf(results);
        pairs = List.copyOf(pairs);
    }

    /**
     * Compares results.
     *
     * @param results at least two, of different names, on the same questions
     * @param measures names; all that both of a pair have if empty
     * @throws IllegalArgumentException if two results have no question or measure in common, or lack one of the measures
     */
    public static Comparison of(List<ComparedResult> results, List<String> measures, PairedTest test) {
        return of(results, measures, test, () -> {});
    }

    /**
     * As {@link #of(List, List, PairedTest)}, for who may want to stop.
     *
     * @param checkpoint called before each test, which takes up to seconds; what it throws ends the comparison
     */
    public static Comparison of(
            List<ComparedResult> results, List<String> measures, PairedTest test, Runnable checkpoint) {
        check(results);
        List<ComparedPair> pairs = new ArrayList<>();
        for (int first = 0; first < results.size(); first++) {
            for (int second = first + 1; second < results.size(); second++) {
                pairs.add(ComparedPair.of(results.get(first), results.get(second), measures, test, checkpoint));
            }
        }
        return new Comparison(results, corrected(pairs));
    }

    private static void check(List<ComparedResult> results) {
        if (results.size() < 2) {
            throw new IllegalArgumentException("a comparison needs at least [2] results, not [" + results.size() + "]");
        }
        Set<String> names = new HashSet<>();
        for (ComparedResult result : results) {
            if (!names.add(result.name())) {
                throw new IllegalArgumentException(
                        "two results are named [" + result.name() + "]; give each a name of its own");
            }
        }
    }

    private static List<ComparedPair> corrected(List<ComparedPair> pairs) {
        Map<String, List<Double>> p = new LinkedHashMap<>();
        pairs.forEach(
                pair -> pair.lines().forEach(line -> p.computeIfAbsent(line.measure(), measure -> new ArrayList<>())
                        .add(line.outcome().p())));
        Map<String, List<Double>> corrected = new LinkedHashMap<>();
        p.forEach((measure, list) -> corrected.put(measure, new ArrayList<>(Holm.correct(list))));
        return pairs.stream()
                .map(pair -> new ComparedPair(
                        pair.a(),
                        pair.b(),
                        pair.common(),
                        pair.onlyA(),
                        pair.onlyB(),
                        pair.lines().stream()
                                .map(line -> line.corrected(
                                        corrected.get(line.measure()).removeFirst()))
                                .toList()))
                .toList();
    }

    /**
     * Plain maps, lists, strings and numbers in a fixed order, for any JSON writer:
     *
     * <pre>{@code
     * results: [{name, about, questions}]
     * method: {unit, difference, interval, level, resamples, effect_size, p, draws, p_holm, seed}     in words and numbers
     * pairs:
     *   - a, b                                     names
     *     questions: {compared, only_a, only_b}    each language counting
     *     pools_differ: false
     *     measures:
     *       AP:
     *         monolingual:
     *           questions, mean_a, mean_b, difference, interval: [low, high], effect_size or null, p, p_holm
     *           per_language: {de: {questions, mean_a, mean_b, difference}}
     * }</pre>
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("results", results.stream().map(Comparison::describe).toList());
        map.put("method", PairedTest.describe());
        map.put("pairs", pairs.stream().map(ComparedPair::toMap).toList());
        return map;
    }

    private static Map<String, Object> describe(ComparedResult result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", result.name());
        map.put("about", result.about());
        map.put("questions", result.asked().size());
        return map;
    }
}
