package org.hybridir.trainer.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hybridir.language.LanguageCode;
import org.hybridir.text.FormatException;
import org.hybridir.text.TextFile;

/**
 * Text that is parallel by line: a folder of files whose names end in a language's code, with or without {@code .txt} behind
 * it ({@code newstest2019-ref.deu.txt}). All files of the folder are translations of each other, as in NTREX, unless their
 * names carry two languages ({@code tatoeba.deu-eng.deu} and {@code .eng}), which then are parallel two by two, as in
 * Tatoeba and Europarl. A line gives a pair for each two languages, in both directions, and is their group.
 *
 * <p>Of two files of one language the one with the shorter name is taken ({@code ref} before {@code ref-2}). A line with the
 * same text in both languages is not translated and is left out.
 *
 * <p>With {@code queries=part} a query is some words of its line, as a question has some words of the sentence that answers
 * it, and a line gives pairs of one language too: queries for languages that have no questions.
 */
final class LinesReader implements PairReader {
    private static final Pattern NAME = Pattern.compile("(.+?)\\.([a-z]{2,3}(?:-[A-Za-z]+)?)(?:\\.txt)?");
    private static final Pattern BITEXT = Pattern.compile(".*\\b([a-z]{2,3})-([a-z]{2,3})");
    /** Endings of two or three letters that are no languages. */
    private static final Set<String> NO_LANGUAGES =
            Set.of("bat", "csv", "doc", "gz", "log", "md", "pdf", "tsv", "txt", "xml", "zip");

    /** A file that may be taken: the set of parallel files that it belongs to, and its language. */
    private record Side(String set, String language, Path file) {}

    @Override
    public void read(Path folder, SourceOptions options, PairCollector out) throws IOException {
        boolean part = options.choice("queries", "line", "line", "part").equals("part");
        Map<String, Map<String, Path>> sets = new TreeMap<>();
        for (Side side : sides(folder)) {
            Map<String, Path> files = sets.computeIfAbsent(side.set(), key -> new TreeMap<>());
            if (files.putIfAbsent(side.language(), side.file()) != null) {
                out.skip("second file of a language [" + TextFile.name(side.file()) + "]");
            }
        }
        for (Map.Entry<String, Map<String, Path>> set : sets.entrySet()) {
            set.getValue().keySet().removeIf(language -> !out.wants(language));
            if (set.getValue().size() > 1) {
                readSet(set.getKey(), set.getValue(), part, out);
            }
        }
    }

    private static List<Side> sides(Path folder) throws IOException {
        List<Side> sides = new ArrayList<>();
        for (Path file : TextFile.in(folder, name -> side(name).isPresent(), "newstest2019-ref.deu.txt")) {
            side(TextFile.name(file)).ifPresent(side -> sides.add(new Side(side.set(), side.language(), file)));
        }
        sides.sort(Comparator.comparingInt(
                        (Side side) -> TextFile.name(side.file()).length())
                .thenComparing(Side::file));
        return sides;
    }

    /** What a name says; its file is null. */
    private static Optional<Side> side(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches() || NO_LANGUAGES.contains(matcher.group(2))) {
            return Optional.empty();
        }
        Matcher bitext = BITEXT.matcher(matcher.group(1));
        boolean two = bitext.matches()
                && (bitext.group(1).equals(matcher.group(2)) || bitext.group(2).equals(matcher.group(2)));
        String set = two ? matcher.group(1) : "";
        return LanguageCode.find(matcher.group(2)).map(language -> new Side(set, language, null));
    }

    private static void readSet(String set, Map<String, Path> files, boolean part, PairCollector out)
            throws IOException {
        Map<String, List<String>> texts = new TreeMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            texts.put(file.getKey(), TextFile.lines(file.getValue()));
        }
        int lines = requireSameLength(files, texts);
        for (int line = 0; line < lines; line++) {
            String group = set + " line " + (line + 1);
            for (String from : texts.keySet()) {
                for (String to : texts.keySet()) {
                    if (part) {
                        addPart(texts.get(from).get(line), from, texts.get(to).get(line), to, group, out);
                    } else if (!from.equals(to)) {
                        add(texts.get(from).get(line), from, texts.get(to).get(line), to, group, out);
                    }
                }
            }
        }
    }

    private static void add(String query, String from, String passage, String to, String group, PairCollector out) {
        if (!query.isBlank() && query.strip().equals(passage.strip())) {
            out.skip("same text in both languages");
        } else {
            out.add(query, from, passage, to, group);
        }
    }

    /** Which part is decided by the line and the languages, so it is another for each language of the passage. */
    private static void addPart(String query, String from, String passage, String to, String group, PairCollector out) {
        Random random = new Random((group + " " + from + " " + to).hashCode());
        out.add(TextPieces.part(query, from, random), from, passage, to, group);
    }

    private static int requireSameLength(Map<String, Path> files, Map<String, List<String>> texts)
            throws FormatException {
        String first = texts.keySet().iterator().next();
        int lines = texts.get(first).size();
        for (String language : texts.keySet()) {
            if (texts.get(language).size() != lines) {
                throw new FormatException("[" + files.get(first) + "] has [" + lines + "] lines and ["
                        + files.get(language) + "] has [" + texts.get(language).size()
                        + "], so they are not parallel by line");
            }
        }
        return lines;
    }
}
