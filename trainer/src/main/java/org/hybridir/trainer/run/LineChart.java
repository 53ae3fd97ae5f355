package org.hybridir.trainer.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Lines over one axis as SVG text, which every browser shows. Java's own libraries for charts draw through AWT, which
 * servers often lack.
 */
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
        StringBuilder svg = new StringBuilder();
        int height = HEIGHT * charts.size();
        print(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n",
                WIDTH,
                height,
                WIDTH,
                height);
        for (int i = 0; i < charts.size(); i++) {
            print(svg, "<g transform=\"translate(0 %d)\">%n", HEIGHT * i);
            charts.get(i).draw(svg);
            print(svg, "</g>%n");
        }
        return svg.append("</svg>\n").toString();
    }

    private void draw(StringBuilder svg) {
        print(svg, "<text x=\"%d\" y=\"20\" font-weight=\"bold\">%s</text>%n", LEFT, escape(title));
        if (lines.isEmpty()) {
            print(svg, "<text x=\"%d\" y=\"60\">no values yet</text>%n", LEFT);
            return;
        }
        Axis x = Axis.over(
                lines.stream().flatMapToDouble(line -> Arrays.stream(line.x)).toArray());
        Axis y = Axis.over(lines.stream()
                .flatMapToDouble(line -> DoubleStream.concat(edges(line, -1), edges(line, 1)))
                .toArray());
        grid(svg, x, y);
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), COLOURS.get(i % COLOURS.size()), i, x, y);
        }
    }

    private static DoubleStream edges(Line line, int side) {
        return IntStream.range(0, line.y.length).mapToDouble(i -> line.y[i] + side * spread(line, i));
    }

    private static double spread(Line line, int i) {
        return line.spread.length == 0 ? 0 : line.spread[i];
    }

    private void grid(StringBuilder svg, Axis x, Axis y) {
        for (double tick : y.ticks()) {
            double at = down(y, tick);
            print(
                    svg,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n<text x=\"%d\" y=\"%.1f\""
                            + " text-anchor=\"end\">%s</text>%n",
                    LEFT,
                    WIDTH - RIGHT,
                    at,
                    at,
                    LEFT - 6,
                    at + 4,
                    number(tick));
        }
        for (double tick : x.ticks()) {
            print(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    right(x, tick),
                    HEIGHT - BOTTOM + 16,
                    number(tick));
        }
        print(
                svg,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                (LEFT + WIDTH - RIGHT) / 2,
                HEIGHT - BOTTOM + 34,
                escape(across));
    }

    private static void draw(StringBuilder svg, Line line, String colour, int place, Axis x, Axis y) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < line.x.length; i++) {
            print(points, "%.1f,%.1f ", right(x, line.x[i]), down(y, line.y[i]));
            if (spread(line, i) > 0) {
                print(
                        svg,
                        "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$.1f\" y2=\"%3$.1f\" stroke=\"%4$s\"/>%n",
                        right(x, line.x[i]),
                        down(y, line.y[i] - line.spread[i]),
                        down(y, line.y[i] + line.spread[i]),
                        colour);
            }
            if (line.x.length <= 40) {
                print(
                        svg,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"%s\"/>%n",
                        right(x, line.x[i]),
                        down(y, line.y[i]),
                        colour);
            }
        }
        print(
                svg,
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>%n<text x=\"%d\" y=\"%d\""
                        + " fill=\"%s\">%s</text>%n",
                colour,
                points.toString().trim(),
                WIDTH - RIGHT + 10,
                TOP + 14 + 18 * place,
                colour,
                escape(line.name));
    }

    private static double right(Axis axis, double value) {
        return LEFT + axis.share(value) * (WIDTH - LEFT - RIGHT);
    }

    private static double down(Axis axis, double value) {
        return HEIGHT - BOTTOM - axis.share(value) * (HEIGHT - TOP - BOTTOM);
    }

    /** From the least to the greatest value, with steps of 1, 2 or 5 times a power of ten. */
    private record Axis(double least, double greatest, double step) {
        static Axis over(double[] values) {
            double least = Arrays.stream(values).min().orElseThrow();
            double greatest = Arrays.stream(values).max().orElseThrow();
            if (greatest == least) {
                greatest = least + Math.max(1e-6, Math.abs(least) / 10);
            }
            double rough = (greatest - least) / 5;
            double power = Math.pow(10, Math.floor(Math.log10(rough)));
            double step = rough / power < 2 ? 2 * power : rough / power < 5 ? 5 * power : 10 * power;
            return new Axis(Math.floor(least / step) * step, Math.ceil(greatest / step) * step, step);
        }

        double share(double value) {
            return (value - least) / (greatest - least);
        }

        double[] ticks() {
            int count = (int) Math.round((greatest - least) / step) + 1;
            return IntStream.range(0, count).mapToDouble(i -> least + i * step).toArray();
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.4g", value)
                .replaceFirst("(\\.\\d*?)0+$", "$1")
                .replaceFirst("\\.$", "");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static void print(StringBuilder to, String format, Object... arguments) {
        to.append(String.format(Locale.ROOT, format, arguments).replace(System.lineSeparator(), "\n"));
    }
}
