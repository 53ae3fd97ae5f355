package org.hybridir.chart;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Lines over one axis, as a file of their own. */
public final class LineChart {
    private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#666666");
    private static final int WIDTH = 720;
    private static final int HEIGHT = 260;
    private static final int LEFT = 64;
    private static final int TOP = 34;
    private static final int RIGHT = 150;
    private static final int BOTTOM = 44;

    private final String title;
    private final String across;
    private final List<Line> lines;

    /**
     * A line.
     *
     * @param name shown beside it
     * @param x ascending
     * @param y as many as x
     * @param spread drawn above and below each point; empty for none
     */
    public record Line(String name, double[] x, double[] y, double[] spread) {
        public Line {
            if (x.length != y.length || spread.length > 0 && spread.length != x.length) {
                throw new IllegalArgumentException("line [" + name + "] has [" + x.length + "] x, [" + y.length
                        + "] y and [" + spread.length + "] spreads");
            }
        }

        /** A line without spread. */
        public Line(String name, double[] x, double[] y) {
            this(name, x, y, new double[0]);
        }
    }

    public LineChart(String title, String across, List<Line> lines) {
        this.title = title;
        this.across = across;
        this.lines = lines.stream().filter(line -> line.x.length > 0).toList();
    }

    /** Charts one below the other. */
    public static String svg(List<LineChart> charts) {
        int height = HEIGHT * charts.size();
        Markup svg = new Markup();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 " + WIDTH + " " + height,
                "font-family",
                "sans-serif",
                "font-size",
                12);
        svg.empty("rect", "width", WIDTH, "height", height, "fill", "white").verbatim("\n");
        for (int i = 0; i < charts.size(); i++) {
            svg.open("g", "transform", "translate(0 " + HEIGHT * i + ")").verbatim("\n");
            charts.get(i).draw(svg);
            svg.close().verbatim("\n");
        }
        return svg.close().verbatim("\n").toString();
    }

    private void draw(Markup svg) {
        svg.element("text", title, "x", LEFT, "y", 20, "font-weight", "bold").verbatim("\n");
        if (lines.isEmpty()) {
            svg.element("text", "no values yet", "x", LEFT, "y", 60);
            return;
        }
        Axis x = Axis.over(
                lines.stream().flatMapToDouble(line -> Arrays.stream(line.x)).toArray());
        Axis y = Axis.over(lines.stream()
                .flatMapToDouble(line -> DoubleStream.concat(edges(line, -1), edges(line, 1)))
                .toArray());
        grid(svg, x, y);
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), COLOURS.get(i % COLOURS.size()), x, y);
            name(svg, i);
        }
    }

    private static DoubleStream edges(Line line, int side) {
        return IntStream.range(0, line.y.length).mapToDouble(i -> line.y[i] + side * spread(line, i));
    }

    private static double spread(Line line, int i) {
        return line.spread.length == 0 ? 0 : line.spread[i];
    }

    private void grid(Markup svg, Axis x, Axis y) {
        for (double tick : y.ticks()) {
            String at = down(y, tick);
            svg.empty("line", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", at, "y2", at, "stroke", "#ddd");
            svg.element("text", Axis.label(tick), "x", LEFT - 6, "y", at, "dy", 4, "text-anchor", "end");
        }
        int below = HEIGHT - BOTTOM + 16;
        for (double tick : x.ticks()) {
            svg.element("text", Axis.label(tick), "x", right(x, tick), "y", below, "text-anchor", "middle");
        }
        svg.element("text", across, "x", (LEFT + WIDTH - RIGHT) / 2, "y", below + 18, "text-anchor", "middle");
        svg.verbatim("\n");
    }

    private static void draw(Markup svg, Line line, String colour, Axis x, Axis y) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < line.x.length; i++) {
            String across = right(x, line.x[i]);
            String at = down(y, line.y[i]);
            points.append(across).append(',').append(at).append(' ');
            if (spread(line, i) > 0) {
                String low = down(y, line.y[i] - line.spread[i]);
                String high = down(y, line.y[i] + line.spread[i]);
                svg.empty("line", "x1", across, "x2", across, "y1", low, "y2", high, "stroke", colour);
            }
            if (line.x.length <= 40) {
                svg.empty("circle", "cx", across, "cy", at, "r", 2.5, "fill", colour);
            }
        }
        String all = points.toString().trim();
        svg.empty("polyline", "fill", "none", "stroke", colour, "stroke-width", 1.5, "points", all);
    }

    private void name(Markup svg, int i) {
        String colour = COLOURS.get(i % COLOURS.size());
        svg.element("text", lines.get(i).name, "x", WIDTH - RIGHT + 10, "y", TOP + 14 + 18 * i, "fill", colour);
        svg.verbatim("\n");
    }

    private static String right(Axis axis, double value) {
        return ScatterPlot.pixels(LEFT + axis.share(value) * (WIDTH - LEFT - RIGHT));
    }

    private static String down(Axis axis, double value) {
        return ScatterPlot.pixels(HEIGHT - BOTTOM - axis.share(value) * (HEIGHT - TOP - BOTTOM));
    }
}
