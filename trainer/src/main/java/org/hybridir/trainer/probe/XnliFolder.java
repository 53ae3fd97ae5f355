package org.hybridir.trainer.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.hybridir.text.FormatException;
import org.hybridir.text.Rows;
import org.hybridir.text.TextFile;

/**
 * A folder with XNLI as XTREME prepares it: {@code dev-en.tsv} with premise, hypothesis and label on a line, {@code test-xx.tsv}
 * with premise and hypothesis, and {@code test.labels.txt} with the labels of the test files, which are parallel by line.
 */
public final class XnliFolder {
    private static final String LABELS = "test.labels.txt";
    private static final String TEST = "test-";
    private static final String TSV = ".tsv";

    private final Path folder;

    public XnliFolder(Path folder) throws FormatException {
        this.folder = folder;
        if (!Files.isRegularFile(folder.resolve(LABELS))) {
            throw new FormatException("folder [" + folder + "] is not one of XNLI: there is no file [" + LABELS
                    + "]; wanted are dev-en.tsv, test-xx.tsv for each language xx, and " + LABELS);
        }
    }

    /** Those that there is a test file of, in alphabetical order. */
    public List<String> languages() throws IOException {
        Predicate<String> test = name -> name.startsWith(TEST) && name.endsWith(TSV);
        return TextFile.in(folder, test, TEST + "de" + TSV).stream()
                .map(TextFile::name)
                .map(name -> name.substring(TEST.length(), name.length() - TSV.length()))
                .toList();
    }

    /** The development set of a language, which the probe is trained on. */
    public List<Inference> dev(String language) throws IOException {
        List<Inference> pairs = new ArrayList<>();
        Rows.read(file("dev-" + language + TSV), Rows.TAB, row -> {
            row.requireColumns("premise", "hypothesis", "label");
            pairs.add(new Inference(row.cell(0), row.cell(1), label(row, 2)));
        });
        return pairs;
    }

    /** The test set of a language. */
    public List<Inference> test(String language) throws IOException {
        List<Inference.Label> labels = new ArrayList<>();
        Rows.read(file(LABELS), Rows.TAB, row -> labels.add(label(row, 0)));
        List<Inference> pairs = new ArrayList<>();
        Path file = file(TEST + language + TSV);
        Rows.read(file, Rows.TAB, row -> {
            row.requireColumns("premise", "hypothesis");
            if (pairs.size() == labels.size()) {
                throw row.wrong("there is no label for it: [" + LABELS + "] has [" + labels.size() + "]");
            }
            pairs.add(new Inference(row.cell(0), row.cell(1), labels.get(pairs.size())));
        });
        if (pairs.size() < labels.size()) {
            throw new FormatException("[" + file + "] has [" + pairs.size() + "] pairs, but [" + LABELS + "] has ["
                    + labels.size() + "] labels; the two must be parallel");
        }
        return pairs;
    }

    private Path file(String name) throws FormatException {
        return TextFile.plainOrGzipped(folder, name);
    }

    private static Inference.Label label(Rows.Row row, int column) throws FormatException {
        for (Inference.Label label : Inference.Label.values()) {
            if (label.key().equals(row.cell(column))) {
                return label;
            }
        }
        throw row.wrong("unknown label [" + row.cell(column) + "], known ones "
                + Arrays.stream(Inference.Label.values())
                        .map(Inference.Label::key)
                        .toList());
    }
}
