package org.hybridir.chart;

import java.util.List;
import java.util.Locale;

/**
 * Bars, one below the other, from zero; each with its value beside it.
 *
 * @param title for those who cannot see it
 * @param description likewise
 * @param bars from top to bottom
 */
public record BarChart(String title, String description, List<Bar> bars) implements Chart {
    private static final int ROW = 26;
    private static final double LEFT = 33;
    private static final double WIDTH = 48;

    /**
     * @param label beside it, on the left
     * @param value its length, from 0 on
     * @param shown the value as text
     */
    public record Bar(String label, double value, String shown) {}

    @Override
    public void draw(Markup to) {
        double greatest = bars.stream().mapToDouble(Bar::value).max().orElse(0);
        Chart.openWide(to, title, description, bars.size() * ROW);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double width = greatest > 0 ? bar.value / greatest * WIDTH : 0;
            label(to, bar.label, LEFT, i * ROW + ROW / 2);
            to.empty(
                    "rect",
                    "class",
                    "bar",
                    "x",
                    percent(LEFT),
                    "y",
                    i * ROW + 4,
                    "width",
                    percent(width),
                    "height",
                    ROW - 8);
            to.element("text", bar.shown, "x", percent(LEFT + width), "dx", 6, "y", i * ROW + ROW / 2, "dy", "0.35em");
        }
        to.close();
    }

    /** A label that ends left of where its bar begins. */
    static void label(Markup to, String label, double left, int middle) {
        to.element("text", label, "x", percent(left), "dx", -8, "y", middle, "dy", "0.35em", "text-anchor", "end");
    }

    static String percent(double number) {
        return String.format(Locale.ROOT, "%.2f%%", number);
    }
}
