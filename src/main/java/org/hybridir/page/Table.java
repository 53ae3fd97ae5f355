package org.hybridir.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells, the first of which names its row.
 *
 * @param caption what it shows; empty where the section's title says it
 * @param columns as many as each row has cells
 */
record Table(String caption, List<Column> columns, List<List<Cell>> rows) implements Block {
    Table {
        columns = List.copyOf(columns);
        List<List<Cell>> copied = new ArrayList<>();
        for (List<Cell> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("table [" + caption + "] has [" + columns.size()
                        + "] columns and a row of [" + row.size() + "] cells");
            }
            copied.add(List.copyOf(row));
        }
        rows = List.copyOf(copied);
    }

    enum Kind {
        NUMBER,
        WORD,
        PASSAGE
    }

    /**
     * A column.
     *
     * @param group what it has in common with its neighbours; empty for a column of its own
     * @param title alone it need not be unique
     * @param kind of its cells
     */
    record Column(String group, String title, Kind kind) {
        static Column number(String title) {
            return new Column("", title, Kind.NUMBER);
        }

        static Column word(String title) {
            return new Column("", title, Kind.WORD);
        }

        static Column passage(String title) {
            return new Column("", title, Kind.PASSAGE);
        }
    }

    /** Whether some columns stand in groups. */
    boolean grouped() {
        return columns.stream().anyMatch(column -> !column.group.isEmpty());
    }
}
