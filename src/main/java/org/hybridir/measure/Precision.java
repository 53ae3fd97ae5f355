package org.hybridir.measure;

/**
 * The share of the first k places that relevant passages hold: found / k, also where the pool has fewer than k passages. As
 * {@code P} of trec_eval and {@code P@k} of ir_measures.
 *
 * @param k the cut-off, at least 1
 */
public record Precision(int k) implements Measure {
    public Precision {
        Measures.checkCutOff("precision", k);
    }

    @Override
    public String name() {
        return "P@" + k;
    }

    @Override
    public double of(Ranking ranking) {
        return ranking.within(k) / (double) k;
    }
}
