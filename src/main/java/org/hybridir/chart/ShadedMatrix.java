package org.hybridir.chart;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Numbers by row and column, each on a shade.
 *
 * @param title what they are
 * @param values row to column to number; where there is none the cell stays empty
 */
public record ShadedMatrix(String title, Map<String, Map<String, Double>> values) {
    private static final int WIDTH = 38;
    private static final int HEIGHT = 24;
    /** Pixels for the rows' labels, and between matrices. */
    private static final int LABEL = 44;

    /** Pixels above a matrix's cells, for its title and the columns' labels; as many are free for what stands below. */
    private static final int TOP = 52;

    private static final String STYLE =
            "text{font:12px sans-serif;text-anchor:middle}.title{font-weight:bold;font-size:13px}"
                    + ".row{text-anchor:end}.about{text-anchor:start}";

    /** In the order of the rows, so that what belongs together meets on the diagonal. */
    public Set<String> columns() {
        Set<String> used = new LinkedHashSet<>();
        values.values().forEach(line -> used.addAll(line.keySet()));
        Set<String> columns = new LinkedHashSet<>(values.keySet());
        columns.retainAll(used);
        columns.addAll(used);
        return columns;
    }

    /** All that are there. */
    public DoubleStream numbers() {
        return values.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .mapToDouble(Double::doubleValue);
    }

    /**
     * Matrices side by side, on one scale, as a file of their own.
     *
     * @param about a line below
     * @param format of a number
     */
    public static String svg(List<ShadedMatrix> matrices, String about, DoubleFunction<String> format) {
        ShadeScale scale = ShadeScale.over(matrices.stream().flatMapToDouble(ShadedMatrix::numbers));
        int width = matrices.stream().mapToInt(ShadedMatrix::width).sum() + LABEL;
        int height = matrices.stream().mapToInt(ShadedMatrix::height).max().orElse(0) + TOP;
        Markup svg = new Markup();
        svg.open("svg", "xmlns", "http://www.w3.org/2000/svg", "role", "img", "width", width, "height", height);
        Chart.name(
                svg,
                String.join(", ", matrices.stream().map(ShadedMatrix::title).toList()),
                about);
        svg.element("style", STYLE);
        svg.empty("rect", "width", "100%", "height", "100%", "fill", "#fff");
        int left = 0;
        for (ShadedMatrix matrix : matrices) {
            svg.open("g", "transform", "translate(" + (left + LABEL) + " " + TOP + ")");
            matrix.draw(svg, scale, format);
            svg.close().verbatim("\n");
            left += matrix.width();
        }
        svg.element("text", about, "class", "about", "x", LABEL, "y", height - 20);
        return svg.close().verbatim("\n").toString();
    }

    private int width() {
        return LABEL + columns().size() * WIDTH;
    }

    private int height() {
        return TOP + values.size() * HEIGHT;
    }

    private void draw(Markup to, ShadeScale scale, DoubleFunction<String> format) {
        Set<String> columns = columns();
        to.element("text", title, "class", "title", "x", columns.size() * WIDTH / 2, "y", -32);
        int x = WIDTH / 2;
        for (String column : columns) {
            to.element("text", column, "x", x, "y", -8);
            x += WIDTH;
        }
        int y = 0;
        for (Map.Entry<String, Map<String, Double>> row : values.entrySet()) {
            to.verbatim("\n").element("text", row.getKey(), "class", "row", "x", -6, "y", y + 16);
            drawRow(to, y, columns, row.getValue(), scale, format);
            y += HEIGHT;
        }
    }

    private static void drawRow(
            Markup to,
            int y,
            Set<String> columns,
            Map<String, Double> numbers,
            ShadeScale scale,
            DoubleFunction<String> format) {
        int x = 0;
        for (String column : columns) {
            if (numbers.containsKey(column)) {
                double number = numbers.get(column);
                Shade shade = scale.shade(number);
                to.empty("rect", "x", x, "y", y, "width", WIDTH, "height", HEIGHT, "fill", shade.fill());
                to.element("text", format.apply(number), "x", x + WIDTH / 2, "y", y + 16, "fill", shade.ink());
            }
            x += WIDTH;
        }
    }
}
