package org.hybridir.page;

import java.util.Locale;
import java.util.Set;
import org.hybridir.measure.MaxRank;
import org.hybridir.measure.RankDistance;

/** Numbers as a page shows them. */
final class Numbers {
    static final String RANK_DISTANCE = new RankDistance().name();
    private static final Set<String> PLACES = Set.of(RANK_DISTANCE, new MaxRank().name());

    private Numbers() {}

    /** A value of a measure: three digits after the point, or one if it counts places. */
    static String measure(String measure, double value) {
        return String.format(Locale.ROOT, PLACES.contains(measure) ? "%,.1f" : "%.3f", value);
    }

    static String decimals(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    static String whole(double number) {
        return decimals(number, 0);
    }

    /** One question, 1,200 questions. */
    static String counted(double number, String what) {
        return whole(number) + " " + what + (number == 1 ? "" : "s");
    }

    static String percent(double share) {
        return decimals(100 * share, 1);
    }

    static String seconds(double millis) {
        return decimals(millis / 1000, 1) + " s";
    }
}
