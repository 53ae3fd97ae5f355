package org.hybridir.trainer.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hybridir.text.FormatException;
import org.hybridir.trainer.probe.Inference.Label;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XnliFolderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        StringBuilder dev = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            dev.append("It rains ").append(i).append(".\tIt is wet ").append(i).append(".\tentailment\n");
            dev.append("It rains ").append(i).append(".\tIt is dry ").append(i).append(".\tcontradiction\n");
            dev.append("It rains ").append(i).append(".\tIt is May ").append(i).append(".\tneutral\n");
        }
        write("dev-en.tsv", dev.toString());
        write("test-en.tsv", "He sleeps.\tHe is awake.\nHe sleeps.\tHe rests.\n");
        write("test-de.tsv", "Er schläft.\tEr ist wach.\nEr schläft.\tEr ruht.\n");
        write("test.labels.txt", "contradiction\nentailment\n");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void readsParallelFiles() throws IOException {
        XnliFolder xnli = new XnliFolder(folder);
        assertEquals(List.of("de", "en"), xnli.languages());
        assertEquals(30, xnli.dev("en").size());
        assertEquals(
                new Inference("It rains 0.", "It is dry 0.", Label.CONTRADICTION),
                xnli.dev("en").get(1));
        assertEquals(
                new Inference("Er schläft.", "Er ruht.", Label.ENTAILMENT),
                xnli.test("de").get(1));
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        Path labels = folder.resolve("test.labels.txt");
        XnliFolder xnli = new XnliFolder(folder);
        write("test.labels.txt", "contradiction\n");
        assertEquals(
                "[" + folder.resolve("test-de.tsv")
                        + "], line [2]: there is no label for it: [test.labels.txt] has [1]",
                message(() -> xnli.test("de")));
        write("test.labels.txt", "contradiction\nentailment\nneutral\n");
        assertEquals(
                "[" + folder.resolve("test-de.tsv")
                        + "] has [2] pairs, but [test.labels.txt] has [3] labels; the two must be parallel",
                message(() -> xnli.test("de")));
        write("test.labels.txt", "perhaps\n");
        assertEquals(
                "[" + labels + "], line [1]: unknown label [perhaps], known ones [entailment, neutral, contradiction]",
                message(() -> xnli.test("de")));
        Files.delete(labels);
        assertTrue(message(() -> new XnliFolder(folder))
                .contains("is not one of XNLI: there is no file [test.labels.txt]"));
    }

    private static String message(Reading reading) {
        return assertThrows(FormatException.class, reading::read).getMessage();
    }

    private interface Reading {
        void read() throws IOException;
    }
}
