package org.hybridir.collection;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** A folder that tests fill with text files. */
public record TextFolder(Path path) {
    /** Writes lines; gzipped if the name ends so. */
    public TextFolder with(String name, String... lines) throws IOException {
        Path file = path.resolve(name);
        Files.createDirectories(file.getParent());
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = name.endsWith(".gz")
                ? new GZIPOutputStream(Files.newOutputStream(file))
                : Files.newOutputStream(file)) {
            out.write(bytes);
        }
        return this;
    }

    /** A small collection in BEIR's format: grades 2 and 1, a question that nobody judged. */
    public static TextFolder beir(Path path) throws IOException {
        return new TextFolder(path)
                .with(
                        "corpus.jsonl",
                        "{\"_id\": \"d1\", \"title\": \"Nile\", \"text\": \"It flows north.\"}",
                        "{\"_id\": \"d2\", \"text\": \"A lake.\"}",
                        "{\"_id\": \"d3\", \"title\": \"\", \"text\": \" \"}")
                .with(
                        "queries.jsonl",
                        "{\"_id\": \"q1\", \"text\": \"where to?\"}",
                        "{\"_id\": \"q2\", \"text\": \"nobody judged\"}",
                        "{\"_id\": \"q3\", \"text\": \"what lake?\"}",
                        "{\"_id\": \"q4\", \"text\": \"nothing relevant\"}")
                .with(
                        "qrels/test.tsv",
                        "query-id\tcorpus-id\tscore",
                        "q1\td1\t2",
                        "q1\td2\t0",
                        "q3\td2\t1",
                        "q3\td9\t1",
                        "q4\td1\t0",
                        "q5\td1\t1");
    }
}
