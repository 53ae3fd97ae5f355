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
    /** Of a chart in a file: the title above it, and what is free below. */
    private static final int TITLE = 30;

    private static final String STYLE = "text{font:13px sans-serif}.title{font-weight:bold}.bar{fill:#0072b2}";
    /** Pixels for the value beside the longest bar. */
    private static final int VALUE = 56;

    /**
     * @param label beside it, on the left
     * @param value its length, from 0 on
     * @param shown the value as text
     */
    public record Bar(String label, double value, String shown) {}

    /** Charts one below the other, each under its title, as a file of their own. */
    public static String svg(List<BarChart> charts) {
        int height = charts.stream()
                .mapToInt(chart -> 2 * TITLE + chart.bars.size() * ROW)
                .sum();
        Markup svg = new Markup();
        svg.open("svg", "xmlns", "http://www.w3.org/2000/svg", "width", "720", "height", height);
        svg.element("style", STYLE);
        svg.empty("rect", "width", "100%", "height", "100%", "fill", "#fff");
        int top = 0;
        for (BarChart chart : charts) {
            svg.element("text", chart.title, "class", "title", "x", 8, "y", top + 20);
            svg.open("g", "transform", "translate(0 " + (top + TITLE) + ")");
            chart.draw(svg);
            svg.close().verbatim("\n");
            top += 2 * TITLE + chart.bars.size() * ROW;
        }
        return svg.close().verbatim("\n").toString();
    }

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
