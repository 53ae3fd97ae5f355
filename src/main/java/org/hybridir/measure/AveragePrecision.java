package org.hybridir.measure;

/**
 * Average precision of one ranking, without a cut-off; its mean over questions is mAP.
 *
 * <p>AP = (1/R) * sum over the relevant passages of the precision at their rank. With the R relevant ranks r_1 &lt; ... &lt; r_R
 * the precision at r_i is i/r_i. All passages are ranked, so every relevant one is found. As {@code map} of trec_eval and
 * {@code AP} of ir_measures; it is the mAP of LAReQA (Roy et al., 2020, arXiv 2004.05484) and of Elmahdy et al. (2024, arXiv
 * 2408.10536).
 */
public record AveragePrecision() implements Measure {
    @Override
    public String name() {
        return "AP";
    }

    @Override
    public double of(RelevantRanks ranking) {
        double sum = 0;
        for (int i = 0; i < ranking.relevant(); i++) {
            sum += (i + 1) / (double) ranking.ranks()[i];
        }
        return sum / ranking.relevant();
    }
}
