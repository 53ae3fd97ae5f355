package org.hybridir.trainer.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.hybridir.language.LanguageCode;

/**
 * A pair a line, its fields between tabs; {@code query=1,passage=2} say in which columns. The languages are {@code
 * language=sw} or {@code language=sw-en} for all, or stand in the columns {@code query_language=} and {@code
 * passage_language=}. Parallel lines share the text of the column {@code group=}. {@code header=true} passes over the first
 * line. There is no quoting.
 */
final class TsvReader implements PairReader {
    @Override
    public void read(Path file, SourceOptions options, PairCollector out) throws IOException {
        Columns columns = Columns.of(options);
        int first = options.flag("header") ? 2 : 1;
        TextFile.read(file, (number, line) -> {
            if (number >= first && !line.isBlank()) {
                columns.add(new Row(file, number, line.split("\t", -1)), out);
            }
        });
    }

    private record Row(Path file, int number, String[] cells) {
        String cell(int column) throws DataException {
            if (column >= cells.length) {
                throw new DataException("[" + file + "], line [" + number + "] has [" + cells.length
                        + "] columns, and column [" + (column + 1) + "] is asked for");
            }
            return cells[column];
        }

        String language(int column) throws DataException {
            String code = cell(column);
            return LanguageCode.find(code)
                    .orElseThrow(() -> new DataException("[" + file + "], line [" + number + "]: column ["
                            + (column + 1) + "] must be a language code of ISO 639, such as [de], but is [" + code
                            + "]"));
        }
    }

    /** @param group -1: none */
    private record Columns(
            int query,
            int passage,
            Optional<LanguagePair> languages,
            int queryLanguage,
            int passageLanguage,
            int group) {
        static Columns of(SourceOptions options) {
            Optional<LanguagePair> languages = options.languages();
            boolean columns = options.find("query_language").isPresent()
                    && options.find("passage_language").isPresent();
            if (languages.isEmpty() && !columns) {
                throw new IllegalArgumentException(
                        "the languages of a TSV file must be given: with language=CODE, or by"
                                + " their columns with query_language=NUMBER and passage_language=NUMBER");
            }
            return new Columns(
                    options.column("query", 1),
                    options.column("passage", 2),
                    languages,
                    options.column("query_language", 1),
                    options.column("passage_language", 1),
                    options.find("group").isPresent() ? options.column("group", 1) : -1);
        }

        void add(Row row, PairCollector out) throws DataException {
            LanguagePair pair = languages.isPresent()
                    ? languages.get()
                    : new LanguagePair(row.language(queryLanguage), row.language(passageLanguage));
            String rowGroup = group < 0 ? "line " + row.number() : row.cell(group);
            out.add(row.cell(query), pair.query(), row.cell(passage), pair.passage(), rowGroup);
        }
    }
}
