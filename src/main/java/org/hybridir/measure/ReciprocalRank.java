package org.hybridir.measure;

/**
 * One divided by the rank of the first relevant passage; its mean over questions is MRR. No cut-off. As {@code recip_rank}
 * of trec_eval and {@code RR} of ir_measures.
 */
public record ReciprocalRank() implements Measure {
    @Override
    public String name() {
        return "RR";
    }

    @Override
    public double of(RelevantRanks ranking) {
        return 1.0 / ranking.ranks()[0];
    }
}
