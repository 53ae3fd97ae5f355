package org.hybridir.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The values that two systems have on the same questions, for paired tests.
 *
 * <p>The unit is a question id: its value is the mean over the languages in which both systems were asked it. Translations of
 * one question are not independent of each other, and to count them as if they were would make differences look surer than
 * they are.
 *
 * @param a of the first system, one for each question id
 * @param b of the second one, in the same order
 */
public record PairedValues(double[] a, double[] b) {
    public PairedValues {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "paired values need as many of a [" + a.length + "] as of b [" + b.length + "]");
        }
    }

    /** Of all questions that both were asked, in the order of a. */
    public static PairedValues of(Map<AskedQuestion, Double> a, Map<AskedQuestion, Double> b) {
        return of(a, b, question -> true);
    }

    /** Of those questions that both were asked and that are wanted. */
    static PairedValues of(
            Map<AskedQuestion, Double> a, Map<AskedQuestion, Double> b, Predicate<AskedQuestion> wanted) {
        Map<String, List<double[]>> pairs = new LinkedHashMap<>();
        a.forEach((question, value) -> {
            if (b.containsKey(question) && wanted.test(question)) {
                pairs.computeIfAbsent(question.id(), id -> new ArrayList<>())
                        .add(new double[] {value, b.get(question)});
            }
        });
        return new PairedValues(means(pairs, 0), means(pairs, 1));
    }

    private static double[] means(Map<String, List<double[]>> pairs, int side) {
        return pairs.values().stream()
                .mapToDouble(list ->
                        list.stream().mapToDouble(pair -> pair[side]).average().orElseThrow())
                .toArray();
    }

    /** How many question ids. */
    public int size() {
        return a.length;
    }

    public double meanA() {
        return mean(a);
    }

    public double meanB() {
        return mean(b);
    }

    /** Of each question id the value of a less that of b. */
    public double[] differences() {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
    }

    /**
     * Cohen's d_z: the mean of the differences divided by their standard deviation (n - 1 below). Empty if there are fewer than
     * two, or all are equal.
     */
    public OptionalDouble effectSize() {
        double[] differences = differences();
        double mean = mean(differences);
        double squares = Arrays.stream(differences)
                .map(difference -> (difference - mean) * (difference - mean))
                .sum();
        boolean equal = Arrays.stream(differences).distinct().count() < 2;
        return equal ? OptionalDouble.empty() : OptionalDouble.of(mean / Math.sqrt(squares / (differences.length - 1)));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }
}
