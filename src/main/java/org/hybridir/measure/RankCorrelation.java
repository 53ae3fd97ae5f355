package org.hybridir.measure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a question finds the same in whatever language it is asked: Spearman's correlation of its rankings, the mean over
 * all pairs of languages; its mean over questions is MRC (mean rank correlation, Yang, Jiang and Baldwin, "Language Bias
 * in Information Retrieval: The Nature of the Beast and Mitigation Methods", arXiv 2509.06195). 1 is the same ranking, and what
 * a user of each language should get.
 *
 * <p>There it is over whole rankings; here, as MRC@k, over the first k places, which are what users see. Two rankings are
 * compared over the passages that stand among the first k of either: a passage that is missing in one of them has rank k + 1
 * there, and several that are missing share the mean of the places from k + 1 on, as ties do in Spearman's correlation. So
 * two rankings without a passage in common do not have 0 but -0.86 (k = 10; -1 for k = 1); equal rankings have 1, and one
 * that found nothing has 0 with any other.
 */
final class RankCorrelation {
    private RankCorrelation() {}

    /**
     * The mean over all pairs.
     *
     * @param rankings at least two, each the first k passages by id, best first; shorter where the pool or search has fewer
     */
    static double mean(List<List<String>> rankings, int k) {
        double sum = 0;
        int pairs = 0;
        for (int one = 0; one < rankings.size(); one++) {
            for (int other = one + 1; other < rankings.size(); other++) {
                sum += spearman(rankings.get(one), rankings.get(other), k);
                pairs++;
            }
        }
        return sum / pairs;
    }

    static double spearman(List<String> one, List<String> other, int k) {
        if (one.equals(other)) {
            return 1;
        }
        Set<String> either = new LinkedHashSet<>(one);
        either.addAll(other);
        List<String> passages = new ArrayList<>(either);
        return Spearman.correlation(places(one, passages, k), places(other, passages, k))
                .orElse(0);
    }

    /** The place of each passage; those that are missing are equal, behind all others. */
    private static double[] places(List<String> ranking, List<String> passages, int k) {
        return passages.stream()
                .mapToDouble(passage -> {
                    int place = ranking.indexOf(passage);
                    return place < 0 ? k : place;
                })
                .toArray();
    }
}
