package org.hybridir.measure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Gathers the first passages of each question for {@link TopLanguages}; what comes out does not depend on the order. */
final class TopTally {
    private final int cutOff;
    /** [question language][passage language] */
    private final long[][] places;
    /** Question id, then ordinal of the language that it is asked in, to passage ids, best first. */
    private final Map<String, Map<Integer, List<String>>> rankings = new TreeMap<>();

    TopTally(int cutOff, int languages) {
        this.cutOff = cutOff;
        this.places = new long[languages][languages];
    }

    void add(RankedQuestion question) {
        List<Hit> top = question.first(cutOff).top();
        top.forEach(hit -> places[question.language()][hit.language()]++);
        rankings.computeIfAbsent(question.id(), id -> new TreeMap<>())
                .put(question.language(), top.stream().map(Hit::id).toList());
    }

    TopLanguages languages(List<String> names, int[] poolSizes) {
        double[] correlations = rankings.values().stream()
                .filter(ofQuestion -> ofQuestion.size() > 1)
                .mapToDouble(ofQuestion -> RankCorrelation.mean(List.copyOf(ofQuestion.values()), cutOff))
                .toArray();
        return new TopLanguages(
                cutOff,
                shares(names),
                poolShares(names, poolSizes),
                Arrays.stream(correlations).average(),
                correlations.length);
    }

    private Map<String, Map<String, Double>> shares(List<String> names) {
        Map<String, Map<String, Double>> shares = new LinkedHashMap<>();
        for (int question = 0; question < places.length; question++) {
            long all = 0;
            for (long some : places[question]) {
                all += some;
            }
            Map<String, Double> line = new LinkedHashMap<>();
            for (int passage = 0; passage < places.length && all > 0; passage++) {
                line.put(names.get(passage), places[question][passage] / (double) all);
            }
            if (all > 0) {
                shares.put(names.get(question), line);
            }
        }
        return shares;
    }

    private static Map<String, Double> poolShares(List<String> names, int[] poolSizes) {
        double all = IntStream.of(poolSizes).asLongStream().sum();
        Map<String, Double> shares = new LinkedHashMap<>();
        for (int language = 0; language < poolSizes.length; language++) {
            shares.put(names.get(language), poolSizes[language] / all);
        }
        return shares;
    }
}
