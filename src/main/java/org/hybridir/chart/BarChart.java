package org.hybridir.chart;

import java.util.List;

/**
 * Bars, one below the other, from zero; each with its value beside it.
 *
 * @param title for those who cannot see it
 * @param description likewise
 * @param bars from top to bottom
 */
public record BarChart(String title, String description, List<Bar> bars) implements Chart {
    private static final int ROW = 26;
    /** Pixels for the value beside the longest bar. */
    private static final int VALUE = 56;

    /**
     * @param label beside it, on the left
     * @param value its length, from 0 on
     * @param shown the value as text
     */
    public record Bar(String label, double value, String shown) {}

    @Override
    public void draw(Markup to) {
        double greatest = bars.stream().mapToDouble(Bar::value).max().orElse(0);
        LabelledRows rows = new LabelledRows(to, bars.stream().map(Bar::label).toList(), VALUE);
        Chart.openWide(to, title, description, bars.size() * ROW);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            String width = rows.across(greatest > 0 ? bar.value / greatest : 0);
            rows.open(bar.label, i * ROW, ROW);
            to.empty("rect", "class", "bar", "y", 4, "width", width, "height", ROW - 8);
            to.element("text", bar.shown, "x", width, "dx", 6, "y", ROW / 2, "dy", "0.35em");
            rows.close();
        }
        to.close();
    }
}
