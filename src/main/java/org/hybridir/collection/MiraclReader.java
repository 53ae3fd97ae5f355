package org.hybridir.collection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hybridir.text.FormatException;
import org.hybridir.text.JsonLines;
import org.hybridir.text.Rows;
import org.hybridir.text.TextFile;
import org.hybridir.trec.Judgements;

/**
 * Reads MIRACL (Zhang et al., 2023, arXiv 2210.09984) as it was released, each language in two folders:
 *
 * <pre>{@code
 * miracl-v1.0-sw/topics/topics.miracl-v1.0-sw-dev.tsv    id, question between tabs
 * miracl-v1.0-sw/qrels/qrels.miracl-v1.0-sw-dev.tsv      qrels of TREC
 * miracl-corpus-v1.0-sw/docs-0.jsonl.gz                  {"docid": "..", "title": "..", "text": ".."}, gzipped or not
 * }</pre>
 *
 * <p>A question is judged in its own language only. The languages share ids, so when several are read each id gets its
 * language in front ({@code sw-6}, {@code sw-32589#0}); one language alone keeps the ids of its files.
 */
final class MiraclReader {
    private static final Pattern FOLDER = Pattern.compile("miracl-v1\\.0-([a-z]{2,3})");
    private static final String CORPUS_FILE = "docs-.*\\.jsonl(\\.gz)?";

    private final Path folder;
    private final String split;
    private final Passages passages;
    private final CollectionBuilder builder = new CollectionBuilder("miracl");

    private MiraclReader(Path folder, String split, Passages passages) {
        this.folder = folder;
        this.split = split;
        this.passages = passages;
    }

    /**
     * @param folder that holds the folders of the languages
     * @param languages empty: all that are there
     * @param split such as {@code dev}
     * @throws FormatException if a file is missing or malformed, or an id stands twice; says which file and line
     * @throws IllegalArgumentException if a language is not there
     */
    static TestCollection read(Path folder, List<String> languages, String split, Passages passages)
            throws IOException {
        MiraclReader reader = new MiraclReader(folder, split, passages);
        List<String> all = languages(folder);
        for (String language : languages) {
            if (!all.contains(language)) {
                throw new IllegalArgumentException("unknown language [" + language + "], [" + folder + "] has " + all);
            }
        }
        List<String> asked = languages.isEmpty()
                ? all
                : all.stream().filter(languages::contains).toList();
        for (String language : asked) {
            reader.read(language, asked.size() == 1 ? UnaryOperator.identity() : id -> language + "-" + id);
        }
        return reader.builder.build(folder.toString());
    }

    private static List<String> languages(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> FOLDER.matcher(TextFile.name(entry)))
                    .filter(Matcher::matches)
                    .map(name -> name.group(1))
                    .sorted()
                    .toList();
        }
    }

    private void read(String language, UnaryOperator<String> ids) throws IOException {
        Path judged = folder.resolve("miracl-v1.0-" + language);
        Judgements judgements = Judgements.readTrec(file(judged, "qrels", language));
        JudgedPool pool = new JudgedPool(builder, judgements, ids, passages);
        for (Path file : corpus(language)) {
            JsonLines.read(
                    file,
                    line -> pool.document(
                            line, text(line, "docid"), language, text(line, "title"), text(line, "text")));
        }
        Rows.read(file(judged, "topics", language), Rows.TAB, row -> {
            row.requireColumns("id", "question");
            if (!pool.question(row.cell(0), language, row.cell(1))) {
                throw row.wrong("the id [" + row.cell(0) + "] stands twice among the questions");
            }
        });
        pool.end();
    }

    private Path file(Path judged, String what, String language) throws FormatException {
        return TextFile.plainOrGzipped(judged.resolve(what), what + ".miracl-v1.0-" + language + "-" + split + ".tsv");
    }

    private List<Path> corpus(String language) throws IOException {
        Path corpus = folder.resolve("miracl-corpus-v1.0-" + language);
        if (!Files.isDirectory(corpus)) {
            throw new FormatException("there is no folder [" + corpus + "] with the passages of language [" + language
                    + "]; MIRACL's corpus is released apart from its questions");
        }
        return TextFile.in(corpus, name -> name.matches(CORPUS_FILE), "docs-0.jsonl.gz");
    }

    private static String text(JsonLines.Line line, String field) throws FormatException {
        String text = line.text(field);
        return text == null ? "" : text;
    }
}
