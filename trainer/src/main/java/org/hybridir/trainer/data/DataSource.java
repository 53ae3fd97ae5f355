package org.hybridir.trainer.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hybridir.language.LanguageCode;
import org.hybridir.text.FormatException;

/**
 * Where a data set is and how to read it: {@code FORMAT:PATH[,key=value...]}, such as {@code squad:arcd.json,language=ar}.
 * The formats:
 *
 * <ul>
 *   <li>{@code jsonl:FILE} our own, an object a line; {@code query=}, {@code passage=}, {@code query_language=}, {@code
 *       passage_language=}, {@code group=} name other fields, {@code language=CODE} the language of all
 *   <li>{@code squad:FILE,language=CODE} questions and paragraphs in SQuAD's format
 *   <li>{@code tydiqa:FILE} or folder, the same; the language stands in the file's name, or {@code language=}
 *   <li>{@code mlqa:DIR} SQuAD files of two languages each, joined by id
 *   <li>{@code lareqa:DIR} questions and answer sentences; {@code pairs=all} or {@code monolingual}
 *   <li>{@code afriqa:DIR} or file: African questions, their translations, English or French passages
 *   <li>{@code tsv:FILE} columns by number; {@code query=1,passage=2}, {@code language=} or columns of languages
 *   <li>{@code lines:DIR} files parallel by line, as NTREX and Tatoeba
 *   <li>{@code sections:DIR} pages of headings and blocks; {@code pairs=all}, {@code monolingual} or {@code passages}
 * </ul>
 *
 * <p>{@code squad}, {@code tydiqa} and {@code mlqa} take {@code window=paragraph} or {@code sentence}, and
 * with sentences {@code negatives=N}; see {@link Window}. All take {@code name=} (else the name of the file or folder),
 * {@code weight=} (else the size) and {@code languages=en+de+...}, which leaves out pairs of others. A comma can stand in a
 * path, unless a key and {@code =} follow it.
 */
public final class DataSource {
    private static final String OPTION = ",(?=[a-z_]+=)";

    private final String text;
    private final Format format;
    private final Path path;
    private final SourceOptions options;
    private final OptionalDouble weight;
    private final Set<String> languages;

    private DataSource(String text, Format format, Path path, SourceOptions options) {
        this.text = text;
        this.format = format;
        this.path = path;
        this.options = options;
        this.weight = options.find("weight").map(DataSource::weight).orElse(OptionalDouble.empty());
        this.languages = languages(options);
    }

    /**
     * Parses, and looks at no file.
     *
     * @throws IllegalArgumentException if the text has no path, or the format or a key is not known
     */
    public static DataSource of(String text) {
        int colon = text.indexOf(':');
        String[] parts = text.substring(colon + 1).split(OPTION);
        if (colon < 1 || parts[0].isBlank()) {
            throw new IllegalArgumentException(
                    "a data source is FORMAT:PATH[,key=value...], such as [squad:arcd.json,language=ar], but [" + text
                            + "] was given");
        }
        Format format = Format.of(text.substring(0, colon));
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String key = parts[i].substring(0, equals);
            String value = parts[i].substring(equals + 1);
            format.requireKnown(key);
            if (value.isBlank()) {
                throw new IllegalArgumentException("the key [" + key + "] has no value in [" + text + "]");
            }
            if (values.put(key, value) != null) {
                throw new IllegalArgumentException("the key [" + key + "] stands twice in [" + text + "]");
            }
        }
        return new DataSource(text, format, Path.of(parts[0]), new SourceOptions(values));
    }

    private static OptionalDouble weight(String value) {
        double weight;
        try {
            weight = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            weight = Double.NaN;
        }
        if (!(weight > 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException("weight= must be a number above 0, but is [" + value + "]");
        }
        return OptionalDouble.of(weight);
    }

    private static Set<String> languages(SourceOptions options) {
        Set<String> languages = new TreeSet<>();
        options.find("languages").ifPresent(value -> {
            for (String code : value.split("\\+")) {
                languages.add(LanguageCode.of(code));
            }
        });
        return languages;
    }

    /** The data set's name. */
    public String name() {
        String file = path.toAbsolutePath().normalize().getFileName().toString();
        return options.get("name", file.replaceFirst("\\.[A-Za-z0-9]{1,5}$", ""));
    }

    /** As {@link #of} got it. */
    @Override
    public String toString() {
        return text;
    }

    /**
     * Reads the data set.
     *
     * @throws FormatException if a file is missing, empty or malformed (it is named, and the line), or no pair is left
     * @throws IllegalArgumentException if a key's value is not allowed
     */
    public DataSet read() throws IOException {
        return readCounting().set();
    }

    /** Like {@link #read}, with counts of what was left out. */
    public ReadResult readCounting() throws IOException {
        format.requirePlace(path);
        PairCollector collector = new PairCollector(name(), languages);
        format.reader().read(path, options, collector);
        if (collector.pairs().isEmpty()) {
            throw new FormatException("[" + path + "] gives no pair in the format [" + format.key() + "]"
                    + (collector.skipped().isEmpty() ? "" : "; left out: " + counts(collector.skipped())));
        }
        return new ReadResult(new DataSet(name(), collector.pairs(), weight), collector.skipped());
    }

    private static String counts(Map<String, Integer> skipped) {
        return skipped.entrySet().stream()
                .map(entry -> entry.getValue() + " (" + entry.getKey() + ")")
                .collect(Collectors.joining(", "));
    }
}
