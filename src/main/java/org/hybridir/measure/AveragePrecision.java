package org.hybridir.measure;

/**
 * Average precision of one ranking, without a cut-off; its mean over questions is mAP.
 *
 * <p>AP = (1/R) * sum over the retrieved relevant passages of the precision at their rank. With their ranks r_1 &lt; r_2 &lt;
 * ... the precision at r_i is i/r_i. Relevant passages that were not retrieved add nothing to the sum and count in R; where
 * all passages are ranked there are none. As {@code map} of trec_eval and {@code AP} of ir_measures; it is the mAP of LAReQA
 * (Roy et al., 2020, arXiv 2004.05484) and of Elmahdy et al. (2024, arXiv 2408.10536).
 */
public record AveragePrecision() implements Measure {
    static final String NAME = "AP";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double of(Ranking ranking) {
        double sum = 0;
        for (int i = 0; i < ranking.ranks().length; i++) {
            sum += (i + 1) / (double) ranking.ranks()[i];
        }
        return sum / ranking.relevant();
    }
}
