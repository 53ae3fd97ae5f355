package org.hybridir.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hybridir.text.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeirReaderTest {
    @TempDir
    Path folder;

    private String refused() {
        return assertThrows(FormatException.class, () -> CollectionSource.BEIR.read(folder))
                .getMessage();
    }

    @Test
    void joinsTheThreeFilesAndCountsWhatIsLeftOut() throws IOException {
        TextFolder.beir(folder);
        TestCollection c = CollectionSource.BEIR.read(folder);
        assertEquals(
                List.of(new Question("q1", "en", "where to?"), new Question("q3", "en", "what lake?")), c.questions());
        assertEquals(
                List.of(
                        new Passage("d1", "d1", "en", "Nile", "Nile It flows north.", Map.of("q1", 2, "q5", 1)),
                        new Passage("d2", "d2", "en", "", "A lake.", Map.of("q3", 1))),
                c.passages());
        assertEquals(
                Map.of(
                        "documents without text",
                        1,
                        "judged questions without a text",
                        1,
                        "questions without a judgement",
                        1,
                        "questions without a relevant document in the corpus",
                        1,
                        TestCollection.LACKING,
                        1),
                c.leftOut());
        assertTrue(c.graded());
        assertFalse(c.parallel());
        assertEquals("q1 0 d1 2\nq3 0 d2 1\n", c.judgements().toTrec());
    }

    @Test
    void languageSplitAndGzip() throws IOException {
        TextFolder.beir(folder)
                .with("corpus.jsonl.gz", "{\"_id\": \"z\", \"text\": \"Zug\"}")
                .with("qrels/dev.tsv", "query-id\tcorpus-id\tscore", "q2\tz\t1");
        Files.delete(folder.resolve("corpus.jsonl"));
        TestCollection c =
                CollectionSource.BEIR.readWith(new ReadOptions(folder, List.of(), "de", "dev", Passages.WHOLE));
        assertEquals(List.of(new Question("q2", "de", "nobody judged")), c.questions());
        assertEquals(List.of("de"), c.languages());
    }

    @Test
    void aDocumentInPassagesIsOneCandidate() throws IOException {
        TextFolder.beir(folder);
        Passages words = (language, title, text) -> List.of(text.split(" "));
        TestCollection c = CollectionSource.BEIR.readWith(new ReadOptions(folder, List.of(), null, null, words));
        assertEquals(
                List.of("d1/1 It", "d1/2 flows", "d1/3 north.", "d2/1 A", "d2/2 lake."),
                c.passages().stream().map(p -> p.id() + " " + p.text()).toList());
        assertEquals(2, c.poolSizes()[0]);
        assertEquals(List.of(3, 5), Arrays.stream(c.documentEnds()).boxed().toList());
        assertEquals("q1 0 d1 2\nq3 0 d2 1\n", c.judgements().toTrec());
    }

    @Test
    void errorsNameFileAndLine() throws IOException {
        TextFolder files = TextFolder.beir(folder);
        files.with("corpus.jsonl", "{\"_id\": \"d1\", \"text\": \"a\"}", "{\"_id\": \"d1\", \"text\": \"b\"}");
        assertEquals(
                "[" + folder.resolve("corpus.jsonl") + "], line [2]: the id [d1] stands twice in the corpus",
                refused());
        files.with("corpus.jsonl", "{\"_id\": \"d1\", \"text\": \"a\"}", "{\"_id\": ");
        String message = refused();
        assertTrue(
                message.startsWith("[" + folder.resolve("corpus.jsonl") + "], line [2] is no JSON object: "), message);
        TextFolder.beir(folder)
                .with("queries.jsonl", "{\"_id\": \"q1\", \"text\": \"a\"}", "{\"_id\": \"q1\", \"text\": \"b\"}");
        assertEquals(
                "[" + folder.resolve("queries.jsonl") + "], line [2]: the id [q1] stands twice among the questions",
                refused());
        TextFolder.beir(folder).with("qrels/test.tsv", "query-id\tcorpus-id\tscore", "q1\td1\thigh");
        assertEquals(
                "[" + folder.resolve("qrels/test.tsv")
                        + "], line [2]: column [3] must be a whole number, but is [high]",
                refused());
        files.with("qrels/test.tsv", "query-id\tcorpus-id\tscore", "q1\td1\t1", "q1\td1\t2");
        assertEquals(
                "[" + folder.resolve("qrels/test.tsv") + "], line [3]: document [d1] is judged twice for question [q1]",
                refused());
        files.with("qrels/test.tsv", "q1 0 d1 1");
        assertEquals(
                "[" + folder.resolve("qrels/test.tsv")
                        + "], line [1]: there are [1] columns, but must be [3]: query-id, corpus-id, score",
                refused());
    }

    @Test
    void missingFilesAndNoGoldAtAll() throws IOException {
        TextFolder files = TextFolder.beir(folder);
        files.with("qrels/test.tsv", "query-id\tcorpus-id\tscore", "q1\td9\t1");
        assertEquals(
                "collection [" + folder.getFileName() + "] in [" + folder
                        + "] has [2] passages and [0] questions, but no"
                        + " passage is relevant to a question; left out: {documents without text=1, questions without a"
                        + " judgement=3, questions without a relevant document in the corpus=1, "
                        + TestCollection.LACKING
                        + "=1}",
                refused());
        Files.delete(folder.resolve("queries.jsonl"));
        assertEquals(
                "there is no file [" + folder.resolve("queries.jsonl") + "], and none that ends in [.gz] besides",
                refused());
    }
}
