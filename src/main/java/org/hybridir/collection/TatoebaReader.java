package org.hybridir.collection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hybridir.language.LanguageCode;
import org.hybridir.text.FormatException;
import org.hybridir.text.TextFile;

/**
 * Reads Tatoeba's test set (Artetxe and Schwenk, 2019, arXiv 1812.10464), which XTREME and XTREME-R use: for each language up
 * to a thousand sentences and their English translations, parallel by line, in {@code tatoeba.deu-eng.deu} and
 * {@code tatoeba.deu-eng.eng}. The English sentences are others for each language, so each is a collection of its own.
 *
 * <p>Every sentence is both a question and a candidate. It is relevant to itself and to its translation alone, even if the
 * same sentence stands on another line too: as in XTREME, right is only the line. Ids are the line's number, {@code 0042},
 * and {@code deu-0042}; of equal sentences, whose scores tie, the one on the earlier line ranks first.
 */
public final class TatoebaReader {
    private static final Pattern FILE = Pattern.compile("tatoeba\\.([a-z]{3})-eng\\.eng");
    private static final String ENGLISH = "eng";

    private TatoebaReader() {}

    /** The codes, of three letters, of the languages that a folder has with English. */
    public static List<String> languages(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(file -> FILE.matcher(TextFile.name(file)))
                    .filter(Matcher::matches)
                    .map(name -> name.group(1))
                    .sorted()
                    .toList();
        }
    }

    /**
     * The languages that are asked for, by the codes of the file names.
     *
     * @param asked codes of two or three letters; empty: all languages
     * @throws IllegalArgumentException if a folder lacks one of them
     */
    public static List<String> languages(Path folder, List<String> asked) throws IOException {
        List<String> known = languages(folder);
        return asked.isEmpty()
                ? known
                : asked.stream().map(code -> find(folder, known, code)).toList();
    }

    private static String find(Path folder, List<String> known, String asked) {
        return known.stream()
                .filter(code -> code.equals(asked) || LanguageCode.find(asked).equals(LanguageCode.find(code)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown language [" + asked + "], [" + folder + "] has " + known));
    }

    /**
     * One language with English.
     *
     * @param code of three letters, as in the files' names
     * @throws FormatException if a file is missing or empty, the two differ in length, or a line is blank
     */
    public static TestCollection read(Path folder, String code) throws IOException {
        CollectionBuilder builder = new CollectionBuilder("tatoeba-" + code);
        Path english = folder.resolve("tatoeba." + code + "-eng.eng");
        Path other = folder.resolve("tatoeba." + code + "-eng." + code);
        int lines = add(builder, english, ENGLISH);
        if (add(builder, other, code) != lines) {
            throw new FormatException("[" + english + "] and [" + other + "] have not the same number of lines, so they"
                    + " are not parallel by line");
        }
        return builder.build(folder.toString());
    }

    private static int add(CollectionBuilder builder, Path file, String code) throws IOException {
        builder.inLanguage(LanguageCode.of(code));
        List<String> sentences = TextFile.lines(file);
        for (int line = 1; line <= sentences.size(); line++) {
            String sentence = sentences.get(line - 1);
            if (sentence.isBlank()) {
                throw new FormatException("[" + file + "], line [" + line + "] is blank");
            }
            String id = String.format(Locale.ROOT, "%04d", line);
            builder.addQuestion(id, sentence);
            builder.addDocument(code + "-" + id, "", List.of(sentence), Map.of(id, 1));
        }
        return sentences.size();
    }
}
