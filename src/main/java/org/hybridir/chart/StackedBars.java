package org.hybridir.chart;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Bars of equal length, each divided by the shares of some parts: dark for the first part, ever lighter for those after it.
 *
 * @param title for those who cannot see it
 * @param description likewise
 * @param parts names, for the legend
 * @param bars from top to bottom: label to amount of each part
 */
public record StackedBars(String title, String description, List<String> parts, Map<String, double[]> bars)
        implements Chart {
    private static final int ROW = 28;
    private static final int LEGEND_ROW = 24;
    /** Columns of the legend: three names fit beside each other on a phone. */
    private static final int ABREAST = 3;

    private static final double LEFT = 33;
    /** A segment narrower than this has no number in it. In percent of the drawing. */
    private static final double ROOM = 6;

    public StackedBars {
        for (Map.Entry<String, double[]> bar : bars.entrySet()) {
            if (bar.getValue().length != parts.size()) {
                throw new IllegalArgumentException("bar [" + bar.getKey() + "] has [" + bar.getValue().length
                        + "] parts, the legend names [" + parts.size() + "]");
            }
        }
    }

    @Override
    public void draw(Markup to) {
        int legend = (parts.size() + ABREAST - 1) / ABREAST * LEGEND_ROW + 8;
        Chart.openWide(to, title, description, legend + bars.size() * ROW);
        for (int part = 0; part < parts.size(); part++) {
            legend(to, part);
        }
        int top = legend;
        for (Map.Entry<String, double[]> bar : bars.entrySet()) {
            BarChart.label(to, bar.getKey(), LEFT, top + ROW / 2);
            segments(to, bar.getValue(), top);
            top += ROW;
        }
        to.close();
    }

    private void legend(Markup to, int part) {
        String left = BarChart.percent(part % ABREAST * 100.0 / ABREAST);
        int top = part / ABREAST * LEGEND_ROW;
        to.empty(
                "rect",
                "class",
                "part",
                "x",
                left,
                "y",
                top + 3,
                "width",
                22,
                "height",
                16,
                "fill",
                shade(part).fill());
        to.element("text", parts.get(part), "x", left, "dx", 30, "y", top + 11, "dy", "0.35em");
    }

    private void segments(Markup to, double[] amounts, int top) {
        double total = Arrays.stream(amounts).sum();
        double before = 0;
        for (int part :
                IntStream.range(0, amounts.length).filter(i -> amounts[i] > 0).toArray()) {
            double share = amounts[part] / total;
            double left = LEFT + before * (100 - LEFT);
            double width = share * (100 - LEFT);
            segment(to, part, left, width, top, Math.round(100 * share));
            before += share;
        }
    }

    private void segment(Markup to, int part, double left, double width, int top, long percent) {
        Shade shade = shade(part);
        to.open("g");
        to.element("title", String.format(Locale.ROOT, "%s: %d %%", parts.get(part), percent));
        to.empty(
                "rect",
                "class",
                "part",
                "x",
                BarChart.percent(left),
                "y",
                top + 3,
                "width",
                BarChart.percent(width),
                "height",
                ROW - 6,
                "fill",
                shade.fill());
        if (width >= ROOM) {
            to.element(
                    "text",
                    Long.toString(percent),
                    "x",
                    BarChart.percent(left + width / 2),
                    "y",
                    top + ROW / 2,
                    "dy",
                    "0.35em",
                    "text-anchor",
                    "middle",
                    "style",
                    "fill:" + shade.ink());
        }
        to.close();
    }

    private Shade shade(int part) {
        return Shade.of(parts.size() == 1 ? 1 : 1 - part / (parts.size() - 1.0));
    }
}
