package org.hybridir.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A file with a row of fields on each line; blank lines are passed over, and there is no quoting. */
public final class Rows {
    /** Between the fields of TSV. */
    public static final Pattern TAB = Pattern.compile("\t");
    /** Between the fields of TREC's files. */
    public static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private Rows() {}

    /** What is done with a row. */
    @FunctionalInterface
    public interface RowHandler {
        void row(Row row) throws IOException;
    }

    /** A row and where it stands; errors name it. */
    public record Row(Path file, int number, String[] cells) {
        /** @param column counted from 0 */
        public String cell(int column) throws FormatException {
            if (column >= cells.length) {
                throw new FormatException("[" + file + "], line [" + number + "] has [" + cells.length
                        + "] columns, and column [" + (column + 1) + "] is asked for");
            }
            return cells[column];
        }

        /** A whole number. */
        public int number(int column) throws FormatException {
            try {
                return Integer.parseInt(cell(column));
            } catch (NumberFormatException e) {
                throw notNumber(column, "a whole number", e);
            }
        }

        /** A number that is none of infinity and NaN. */
        public float decimal(int column) throws FormatException {
            try {
                float value = Float.parseFloat(cell(column));
                if (Float.isFinite(value)) {
                    return value;
                }
                throw notNumber(column, "a number", null);
            } catch (NumberFormatException e) {
                throw notNumber(column, "a number", e);
            }
        }

        private FormatException notNumber(int column, String kind, Throwable cause) {
            return new FormatException(
                    wrong("column [" + (column + 1) + "] must be " + kind + ", but is [" + cells[column] + "]")
                            .getMessage(),
                    cause);
        }

        /** Throws FormatException: line [n] has [x] columns, but names must be ... */
        public Row requireColumns(String... names) throws FormatException {
            if (cells.length != names.length) {
                throw wrong("there are [" + cells.length + "] columns, but must be [" + names.length + "]: "
                        + String.join(", ", names));
            }
            return this;
        }

        public FormatException wrong(String what) {
            return new FormatException("[" + file + "], line [" + number + "]: " + what);
        }
    }

    /** @param separator between two fields */
    public static void read(Path file, Pattern separator, RowHandler handler) throws IOException {
        TextFile.read(file, (number, line) -> {
            if (!line.isBlank()) {
                handler.row(new Row(file, number, separator.split(line, -1)));
            }
        });
    }
}
