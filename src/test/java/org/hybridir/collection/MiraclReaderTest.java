package org.hybridir.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hybridir.text.FormatException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiraclReaderTest {
    @TempDir
    Path folder;

    /** The same ids in both languages, as in the released files. */
    @BeforeEach
    void write() throws IOException {
        TextFolder files = new TextFolder(folder);
        for (String language : List.of("sw", "te")) {
            files.with(
                            "miracl-v1.0-" + language + "/topics/topics.miracl-v1.0-" + language + "-dev.tsv",
                            "6\task " + language)
                    .with(
                            "miracl-v1.0-" + language + "/qrels/qrels.miracl-v1.0-" + language + "-dev.tsv",
                            "6\tQ0\t3#0\t1",
                            "6\tQ0\t3#1\t0")
                    .with(
                            "miracl-corpus-v1.0-" + language + "/docs-0.jsonl.gz",
                            "{\"docid\": \"3#0\", \"title\": \"T\", \"text\": \"good " + language + "\"}")
                    .with(
                            "miracl-corpus-v1.0-" + language + "/docs-1.jsonl",
                            "{\"docid\": \"3#1\", \"title\": \"T\", \"text\": \"bad " + language + "\"}");
        }
    }

    private TestCollection read(String... languages) throws IOException {
        return CollectionSource.MIRACL.readWith(
                new ReadOptions(folder, List.of(languages), null, null, Passages.WHOLE));
    }

    @Test
    void oneLanguageKeepsItsIds() throws IOException {
        TestCollection c = read("sw");
        assertEquals(List.of(new Question("6", "sw", "ask sw")), c.questions());
        assertEquals(
                List.of(
                        new Passage("3#0", "3#0", "sw", "T", "T good sw", Map.of("6", 1)),
                        new Passage("3#1", "3#1", "sw", "T", "T bad sw", Map.of())),
                c.passages());
    }

    @Test
    void severalLanguagesShareNoId() throws IOException {
        TestCollection c = read();
        assertEquals(List.of("sw", "te"), c.languages());
        assertEquals(
                List.of("sw-6", "te-6"),
                c.questions().stream().map(Question::id).toList());
        assertEquals(
                List.of("sw-3#0", "sw-3#1", "te-3#0", "te-3#1"),
                c.passages().stream().map(Passage::id).toList());
        assertEquals(Map.of("te-6", 1), c.passages().get(2).grades());
        assertEquals("sw-6 0 sw-3#0 1\nte-6 0 te-3#0 1\n", c.judgements().toTrec());
    }

    @Test
    void namesWhatIsMissing() throws IOException {
        Exception e = assertThrows(IllegalArgumentException.class, () -> read("xx"));
        assertEquals("unknown language [xx], [" + folder + "] has [sw, te]", e.getMessage());
        new TextFolder(folder).with("miracl-v1.0-yo/topics/topics.miracl-v1.0-yo-dev.tsv", "1\tq");
        e = assertThrows(FormatException.class, () -> read("yo"));
        assertEquals(
                "there is no file [" + folder.resolve("miracl-v1.0-yo/qrels/qrels.miracl-v1.0-yo-dev.tsv")
                        + "], and none that ends in [.gz] besides",
                e.getMessage());
        new TextFolder(folder).with("miracl-v1.0-yo/qrels/qrels.miracl-v1.0-yo-dev.tsv", "1 Q0 1#0 1");
        e = assertThrows(FormatException.class, () -> read("yo"));
        assertEquals(
                "there is no folder [" + folder.resolve("miracl-corpus-v1.0-yo")
                        + "] with the passages of language [yo]; MIRACL's corpus is released apart from its questions",
                e.getMessage());
    }
}
