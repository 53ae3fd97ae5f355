package org.hybridir.measure;

import java.util.stream.IntStream;

/**
 * PEER@k, Probability of Equal Expected Rank (Yang et al., 2024, "Language Fairness in Multilingual Information Retrieval",
 * arXiv 2405.00978): the p-value of a Kruskal-Wallis test of the hypothesis that equally relevant passages have the same
 * expected rank in all languages. 1 is fair, near 0 is not.
 *
 * <p>For each grade, the ranks of its n relevant passages are grouped by language, and
 *
 * <pre>H = (n - 1) * sum over languages of n_l * (mean rank of l - mean rank)^2 / sum over passages of (rank - mean rank)^2</pre>
 *
 * is held against the chi-square distribution with one degree of freedom less than there are languages. As in the authors'
 * formula, ranks are those of the ranking, not ranked anew within the grade. The u passages of a grade that do not stand
 * among the first k (or were not retrieved) share the mean of the u places behind: min(k, depth) + (u + 1) / 2; if none
 * does, p is 1. The measure is the mean of p over the grades, each weighing the same; passages that are not relevant are not
 * looked at (the authors' weights, 0 for grade 0 and the same for the others). The authors' own program counts the places
 * behind from the number of passages instead of from k, which can put what was not found before what was; here it stands
 * behind.
 *
 * <p>A grade whose passages are all in one language, or are one in each language, says nothing: in the latter case H is n - 1
 * wherever they stand, as in XQuAD-R. Such grades are left out; with no other there is no value. (The authors give 1 where
 * there is one language, and the constant where there is one passage a language.) The other settings have one language.
 *
 * @param k the cut-off, at least 1
 */
public record EqualExpectedRank(int k) implements Measure {
    public EqualExpectedRank {
        Measures.checkCutOff("PEER", k);
    }

    @Override
    public String name() {
        return "PEER@" + k;
    }

    @Override
    public double of(Ranking ranking) {
        return IntStream.of(ranking.grades())
                .distinct()
                .mapToDouble(grade -> ofGrade(ranking, grade))
                .filter(p -> !Double.isNaN(p))
                .average()
                .orElse(NO_VALUE);
    }

    private double ofGrade(Ranking ranking, int grade) {
        int[] places = IntStream.range(0, ranking.relevant())
                .filter(i -> ranking.grades()[i] == grade)
                .toArray();
        int[] groups = IntStream.of(places).map(i -> ranking.languages()[i]).toArray();
        long languages = IntStream.of(groups).distinct().count();
        if (languages == 1 || languages == places.length) {
            return NO_VALUE;
        }
        int within = ranking.within(k);
        long behind = IntStream.of(places).filter(i -> i >= within).count();
        double shared = Math.min(k, ranking.depth()) + (behind + 1) / 2.0;
        double[] ranks = IntStream.of(places)
                .mapToDouble(i -> i < within ? ranking.ranks()[i] : shared)
                .toArray();
        return equalMeans(ranks, groups, (int) languages);
    }

    /** The p-value for ranks that may differ between the groups. */
    private static double equalMeans(double[] ranks, int[] groups, int distinct) {
        double mean = mean(ranks, IntStream.range(0, ranks.length));
        double total = 0;
        double between = 0;
        for (int i = 0; i < ranks.length; i++) {
            int group = groups[i];
            double ofGroup = mean(ranks, IntStream.range(0, ranks.length).filter(j -> groups[j] == group));
            // summed over its members, a group's distance is weighed by its size
            between += (ofGroup - mean) * (ofGroup - mean);
            total += (ranks[i] - mean) * (ranks[i] - mean);
        }
        return total == 0 ? 1 : ChiSquare.survival((ranks.length - 1) * between / total, distinct - 1);
    }

    private static double mean(double[] ranks, IntStream places) {
        return places.mapToDouble(i -> ranks[i]).average().orElseThrow();
    }

    @Override
    public boolean in(Setting setting) {
        return setting == Setting.MULTILINGUAL;
    }
}
