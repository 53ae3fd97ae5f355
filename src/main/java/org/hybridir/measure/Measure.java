package org.hybridir.measure;

/** A number for one ranking; what is reported is its mean over questions. Implementations hold no state. */
public interface Measure {
    /** As in ir_measures: {@code AP}, {@code RR}, {@code nDCG@10}, {@code R@10}; and {@code RankDistance}. */
    String name();

    double of(RelevantRanks ranking);

    /** Whether it says anything in a setting; where it does not, reports leave it out rather than show a number. */
    default boolean in(Setting setting) {
        return true;
    }
}
