package org.hybridir.collection;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.hybridir.text.FormatException;
import org.hybridir.text.JsonLines;
import org.hybridir.text.TextFile;
import org.hybridir.trec.Judgements;

/**
 * Reads a folder of BEIR (Thakur et al., 2021, arXiv 2104.08663); files may be gzipped:
 *
 * <pre>{@code
 * corpus.jsonl     {"_id": "..", "title": "..", "text": ".."}      title may be missing
 * queries.jsonl    {"_id": "..", "text": ".."}
 * qrels/test.tsv   query-id, corpus-id, score between tabs, these names on the first line
 * }</pre>
 *
 * <p>Only questions with a judgement in the split are asked. The files do not say their language.
 */
final class BeirReader {
    private BeirReader() {}

    /**
     * @param folder whose name becomes that of the collection
     * @param language of questions and documents
     * @param split such as {@code test}
     * @throws FormatException if a file is missing or malformed, or an id stands twice; says which file and line
     */
    static TestCollection read(Path folder, String language, String split, Passages passages) throws IOException {
        CollectionBuilder builder = new CollectionBuilder(TextFile.name(folder));
        Judgements judgements = Judgements.readBeir(TextFile.plainOrGzipped(folder.resolve("qrels"), split + ".tsv"));
        JudgedPool pool = new JudgedPool(builder, judgements, UnaryOperator.identity(), passages);
        JsonLines.read(TextFile.plainOrGzipped(folder, "corpus.jsonl"), line -> {
            String title = line.object().has("title") ? text(line, "title") : "";
            pool.document(line, text(line, "_id"), language, title, text(line, "text"));
        });
        JsonLines.read(TextFile.plainOrGzipped(folder, "queries.jsonl"), line -> {
            if (!pool.question(text(line, "_id"), language, text(line, "text"))) {
                throw line.wrong("the id [" + text(line, "_id") + "] stands twice among the questions");
            }
        });
        pool.end();
        return builder.build(folder.toString());
    }

    private static String text(JsonLines.Line line, String field) throws FormatException {
        String text = line.text(field);
        return text == null ? "" : text;
    }
}
