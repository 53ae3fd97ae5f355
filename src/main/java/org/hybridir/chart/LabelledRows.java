package org.hybridir.chart;

import java.util.Collection;
import java.util.Locale;

/**
 * A drawing of rows with a label each, as wide as its place: lengths across are percentages of it, so that letters keep
 * their size on a phone; lengths down, and the room for labels, are pixels.
 */
final class LabelledRows {
    /** What a phone has, in pixels. */
    private static final double NARROWEST = 320;
    /** Of a letter, on the average, in pixels. */
    private static final int LETTER = 7;

    private static final int LONGEST_LABEL = 150;

    private final Markup to;
    private final int left;
    private final double room;

    /**
     * @param labels of all rows
     * @param beyond pixels that are kept free on the right, for numbers
     */
    LabelledRows(Markup to, Collection<String> labels, int beyond) {
        int longest = labels.stream().mapToInt(String::length).max().orElse(0);
        this.to = to;
        this.left = Math.min(LONGEST_LABEL, 16 + LETTER * longest);
        this.room = 100 * (NARROWEST - left - beyond) / NARROWEST;
    }

    /** Starts a row. */
    void open(String label, int top, int height) {
        to.open("g", "transform", "translate(" + left + " " + top + ")");
        to.element("text", label, "x", -8, "y", height / 2, "dy", "0.35em", "text-anchor", "end");
    }

    void close() {
        to.close();
    }

    /** A length or place in the row. @param share of the room right of the labels */
    String across(double share) {
        return percent(share * room);
    }

    /** How many pixels a share of the row has where it is narrowest. */
    double pixels(double share) {
        return share * room / 100 * NARROWEST;
    }

    static String percent(double number) {
        return String.format(Locale.ROOT, "%.2f%%", number);
    }
}
