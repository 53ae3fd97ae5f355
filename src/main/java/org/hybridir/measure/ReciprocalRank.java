package org.hybridir.measure;

/**
 * One divided by the rank of the first relevant passage, 0 if none was retrieved; its mean over questions is MRR. No
 * cut-off. As {@code recip_rank} of trec_eval and {@code RR} of ir_measures.
 */
public record ReciprocalRank() implements Measure {
    @Override
    public String name() {
        return "RR";
    }

    @Override
    public double of(Ranking ranking) {
        return ranking.ranks().length == 0 ? 0 : 1.0 / ranking.ranks()[0];
    }
}
