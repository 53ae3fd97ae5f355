package org.hybridir.measure;

/**
 * 1 if a relevant passage stands among the first k, else 0. As {@code success} of trec_eval and {@code Success@k} of
 * ir_measures.
 *
 * @param k the cut-off, at least 1
 */
public record Success(int k) implements Measure {
    public Success {
        Measures.checkCutOff("success", k);
    }

    @Override
    public String name() {
        return "Success@" + k;
    }

    @Override
    public double of(Ranking ranking) {
        return ranking.within(k) > 0 ? 1 : 0;
    }
}
