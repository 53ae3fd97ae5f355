package org.hybridir.chart;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

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

    /** A segment of fewer pixels has no number in it. */
    private static final int NUMBER = 16;

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
        int top = (parts.size() + ABREAST - 1) / ABREAST * LEGEND_ROW + 8;
        LabelledRows rows = new LabelledRows(to, bars.keySet(), 0);
        Chart.openWide(to, title, description, top + bars.size() * ROW);
        for (int part = 0; part < parts.size(); part++) {
            legend(to, part);
        }
        for (Map.Entry<String, double[]> bar : bars.entrySet()) {
            rows.open(bar.getKey(), top, ROW);
            segments(to, bar.getValue(), rows);
            rows.close();
            top += ROW;
        }
        to.close();
    }

    private void legend(Markup to, int part) {
        String x = LabelledRows.percent(part % ABREAST * 100.0 / ABREAST);
        int y = part / ABREAST * LEGEND_ROW;
        String fill = shade(part).fill();
        to.empty("rect", "class", "part", "x", x, "y", y + 3, "width", 22, "height", 16, "fill", fill);
        to.element("text", parts.get(part), "x", x, "dx", 30, "y", y + 11, "dy", "0.35em");
    }

    private void segments(Markup to, double[] amounts, LabelledRows row) {
        double total = Arrays.stream(amounts).sum();
        double before = 0;
        for (int part = 0; part < amounts.length; part++) {
            if (amounts[part] > 0) {
                segment(to, part, before / total, amounts[part] / total, row);
                before += amounts[part];
            }
        }
    }

    private void segment(Markup to, int part, double before, double share, LabelledRows row) {
        Shade shade = shade(part);
        String x = row.across(before);
        String width = row.across(share);
        String percent = Long.toString(Math.round(100 * share));
        to.open("rect", "class", "part", "x", x, "y", 3, "width", width, "height", ROW - 6, "fill", shade.fill());
        to.element("title", parts.get(part) + ": " + percent + " %").close();
        if (row.pixels(share) >= NUMBER) {
            String middle = row.across(before + share / 2);
            String style = "fill:" + shade.ink();
            to.element(
                    "text",
                    percent,
                    "x",
                    middle,
                    "y",
                    ROW / 2,
                    "dy",
                    "0.35em",
                    "text-anchor",
                    "middle",
                    "style",
                    style);
        }
    }

    private Shade shade(int part) {
        return Shade.of(parts.size() == 1 ? 1 : 1 - part / (parts.size() - 1.0));
    }
}
