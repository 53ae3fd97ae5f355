package org.hybridir.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/**
 * A matrix whose numbers stand on a shade each, light for the least and dark for the greatest.
 *
 * @param caption what it shows
 * @param corner what rows and columns are
 * @param values row to column to value; where there is none the cell stays empty
 * @param format of a value
 */
record HeatMap(String caption, String corner, Map<String, Map<String, Double>> values, DoubleFunction<String> format)
        implements Block {
    private static final int LEGEND = 5;

    /** The matrix with its shades. */
    Table table() {
        Set<String> columns = columns();
        List<Table.Column> head = new ArrayList<>(List.of(Table.Column.word(corner)));
        columns.forEach(column -> head.add(Table.Column.number(column)));
        DoubleSummaryStatistics range = range();
        List<List<Cell>> rows = new ArrayList<>();
        values.forEach((name, line) -> {
            List<Cell> row = new ArrayList<>(List.of(Cell.of(name)));
            columns.forEach(
                    column -> row.add(line.containsKey(column) ? shaded(line.get(column), range) : Cell.NOTHING));
            rows.add(row);
        });
        return new Table(caption, head, rows);
    }

    /** In the order of the rows, so that what belongs together meets on the diagonal. */
    private Set<String> columns() {
        Set<String> used = new LinkedHashSet<>();
        values.values().forEach(line -> used.addAll(line.keySet()));
        Set<String> columns = new LinkedHashSet<>(values.keySet());
        columns.retainAll(used);
        columns.addAll(used);
        return columns;
    }

    /** Values from the least to the greatest with their shades; none if there are no values. */
    List<Cell> legend() {
        DoubleSummaryStatistics range = range();
        if (range.getCount() == 0) {
            return List.of();
        }
        double step = (range.getMax() - range.getMin()) / (LEGEND - 1);
        return IntStream.range(0, LEGEND)
                .mapToObj(i -> shaded(range.getMin() + i * step, range))
                .toList();
    }

    private DoubleSummaryStatistics range() {
        return values.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
    }

    private Cell shaded(double value, DoubleSummaryStatistics range) {
        double width = range.getMax() - range.getMin();
        return Cell.shaded(format.apply(value), width == 0 ? 0 : (value - range.getMin()) / width);
    }
}
