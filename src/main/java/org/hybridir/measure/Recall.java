package org.hybridir.measure;

/**
 * The share of the relevant passages that stand among the first k: found / R. With several relevant passages R@1 is at most
 * 1/R; nothing is divided by min(k, R). As {@code recall} of trec_eval and {@code R@k} of ir_measures.
 *
 * @param k the cut-off, at least 1
 */
public record Recall(int k) implements Measure {
    public Recall {
        Measures.checkCutOff("recall", k);
    }

    @Override
    public String name() {
        return "R@" + k;
    }

    @Override
    public double of(Ranking ranking) {
        return ranking.within(k) / (double) ranking.relevant();
    }
}
