package org.hybridir.measure;

/**
 * Normalised discounted cumulative gain with binary judgements: DCG@k / ideal DCG@k, where DCG@k = sum of 1/log2(rank + 1)
 * over the relevant ranks up to k, and the ideal ranking has its R relevant passages on the ranks 1 to R. As
 * {@code ndcg_cut} of trec_eval and {@code nDCG@k} of ir_measures (Järvelin and Kekäläinen, 2002, with the discount of
 * trec_eval, which starts at rank 1).
 *
 * @param k the cut-off, at least 1; {@link Integer#MAX_VALUE} for none, and then the name is {@code nDCG}
 */
public record Ndcg(int k) implements Measure {
    public Ndcg {
        if (k < 1) {
            throw new IllegalArgumentException("the cut-off of nDCG must be at least 1, not [" + k + "]");
        }
    }

    @Override
    public String name() {
        return k == Integer.MAX_VALUE ? "nDCG" : "nDCG@" + k;
    }

    @Override
    public double of(RelevantRanks ranking) {
        double gain = 0;
        for (int i = 0; i < ranking.within(k); i++) {
            gain += discount(ranking.ranks()[i]);
        }
        double ideal = 0;
        for (int rank = 1; rank <= Math.min(k, ranking.relevant()); rank++) {
            ideal += discount(rank);
        }
        return gain / ideal;
    }

    private static double discount(int rank) {
        return Math.log(2) / Math.log(rank + 1.0);
    }
}
