package org.hybridir.measure;

import java.util.Arrays;

/**
 * Normalised discounted cumulative gain: DCG@k / ideal DCG@k, where DCG@k is the sum of grade / log2(rank + 1) over the
 * relevant passages on the ranks up to k, and the ideal ranking has all relevant passages of the pool, retrieved or not, from
 * rank 1 on, highest grades first. The gain is the grade itself (not 2^grade - 1). As {@code ndcg_cut} of trec_eval and
 * {@code nDCG@k} of ir_measures (Järvelin and Kekäläinen, 2002, with the discount of trec_eval, which starts at rank 1).
 *
 * @param k the cut-off, at least 1; {@link Integer#MAX_VALUE} for none, and then the name is {@code nDCG}
 */
public record Ndcg(int k) implements Measure {
    public Ndcg {
        Measures.checkCutOff("nDCG", k);
    }

    @Override
    public String name() {
        return k == Integer.MAX_VALUE ? "nDCG" : "nDCG@" + k;
    }

    @Override
    public double of(Ranking ranking) {
        double gain = 0;
        for (int i = 0; i < ranking.within(k); i++) {
            gain += ranking.grades()[i] * discount(ranking.ranks()[i]);
        }
        int[] ideal = ranking.grades().clone();
        Arrays.sort(ideal);
        double most = 0;
        for (int rank = 1; rank <= Math.min(k, ideal.length); rank++) {
            most += ideal[ideal.length - rank] * discount(rank);
        }
        return gain / most;
    }

    private static double discount(int rank) {
        return Math.log(2) / Math.log(rank + 1.0);
    }
}
