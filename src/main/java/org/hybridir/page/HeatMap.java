package org.hybridir.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import org.hybridir.chart.ShadeScale;
import org.hybridir.chart.ShadedMatrix;

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
        Set<String> columns = matrix().columns();
        List<Table.Column> head = new ArrayList<>(List.of(Table.Column.word(corner)));
        columns.forEach(column -> head.add(Table.Column.number(column)));
        ShadeScale scale = scale();
        List<List<Cell>> rows = new ArrayList<>();
        values.forEach((name, line) -> {
            List<Cell> row = new ArrayList<>(List.of(Cell.of(name)));
            columns.forEach(
                    column -> row.add(line.containsKey(column) ? shaded(line.get(column), scale) : Cell.NOTHING));
            rows.add(row);
        });
        return new Table(caption, head, rows);
    }

    /** Values from the least to the greatest with their shades; none if there are no values. */
    List<Cell> legend() {
        ShadeScale scale = scale();
        return scale.steps(LEGEND).mapToObj(value -> shaded(value, scale)).toList();
    }

    private ShadedMatrix matrix() {
        return new ShadedMatrix(caption, values);
    }

    private ShadeScale scale() {
        return ShadeScale.over(matrix().numbers());
    }

    private Cell shaded(double value, ShadeScale scale) {
        return Cell.shaded(format.apply(value), scale.shade(value));
    }
}
