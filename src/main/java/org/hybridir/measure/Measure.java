package org.hybridir.measure;

/** A number for one ranking; what is reported is its mean over questions. Implementations hold no state. */
public interface Measure {
    /** What {@link #of} gives for a ranking about which a measure can say nothing: the ranking has no part in its mean. */
    double NO_VALUE = Double.NaN;

    /** As in ir_measures where that has the measure: {@code AP}, {@code RR}, {@code nDCG@10}, {@code R@10}. */
    String name();

    /** The measure of a ranking, or {@link #NO_VALUE}. */
    double of(Ranking ranking);

    /** Whether it says anything in a setting; where it does not, reports leave it out rather than show a number. */
    default boolean in(Setting setting) {
        return true;
    }
}
