package org.hybridir.collection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hybridir.measure.Setting;
import org.hybridir.text.FormatException;

/** The collections that can be had by name, where each is read from, and how it is commonly reported. */
public enum CollectionSource {
    /** Written for this project and shipped with it: real text in the languages of XQuAD-R. */
    SAMPLE("sample", FolderFormat.LAREQA, EnumSet.allOf(Setting.class), List.of()),
    /** LAReQA's XQuAD-R (Roy et al., 2020, arXiv 2004.05484): each question in eleven languages. */
    XQUAD_R("xquad-r", FolderFormat.LAREQA, EnumSet.allOf(Setting.class), List.of()),
    /** LAReQA's MLQA-R: each question in two to four of seven languages. */
    MLQA_R("mlqa-r", FolderFormat.LAREQA, EnumSet.allOf(Setting.class), List.of()),
    /** MIRACL: questions of eighteen languages, each against Wikipedia in its own. */
    MIRACL("miracl", FolderFormat.MIRACL, EnumSet.of(Setting.MONOLINGUAL), List.of("nDCG@10", "R@100", "RR")),
    /** A collection of BEIR, or any in its format: one language. */
    BEIR("beir", FolderFormat.BEIR, EnumSet.of(Setting.MONOLINGUAL), List.of("nDCG@10", "R@100", "RR")),
    /** Mewsli-X of XTREME-R: mentions in eleven languages, entities described in fifty. */
    MEWSLI_X("mewsli-x", FolderFormat.MEWSLI_X, EnumSet.of(Setting.MULTILINGUAL), List.of("RR", "R@1", "R@20")),
    /** Tatoeba of XTREME and XTREME-R: each language a collection of its own with English. */
    TATOEBA("tatoeba", FolderFormat.TATOEBA, EnumSet.of(Setting.CROSS_LINGUAL), List.of("R@1"));

    private static final List<String> XQUAD_R_LANGUAGES =
            List.of("ar", "de", "el", "en", "es", "hi", "ru", "th", "tr", "vi", "zh");
    private static final List<String> MLQA_R_LANGUAGES = List.of("ar", "de", "en", "es", "hi", "vi", "zh");

    private final String key;
    private final FolderFormat format;
    private final Set<Setting> settings;
    private final List<String> measures;

    CollectionSource(String key, FolderFormat format, Set<Setting> settings, List<String> measures) {
        this.key = key;
        this.format = format;
        this.settings = settings;
        this.measures = measures;
    }

    /** The name in commands, also the name of the folder that it is looked for in. */
    public String key() {
        return key;
    }

    /** The settings that it is reported in. */
    public Set<Setting> settings() {
        return EnumSet.copyOf(settings);
    }

    /** Names of the measures that it is reported in; empty: those that are measured by default. */
    public List<String> measures() {
        return measures;
    }

    /** Whether its documents may be longer than an encoder takes, and can be split. */
    public boolean hasLongDocuments() {
        return this == MIRACL || this == BEIR || this == MEWSLI_X;
    }

    /** All names, for people. */
    public static String keys() {
        return Arrays.stream(values()).map(CollectionSource::key).collect(Collectors.joining(", "));
    }

    /** The collection of a name. Throws IllegalArgumentException: unknown collection [x], known ones [...]. */
    public static CollectionSource parse(String key) {
        for (CollectionSource source : values()) {
            if (source.key.equals(key)) {
                return source;
            }
        }
        throw new IllegalArgumentException("unknown collection [" + key + "], known ones [" + keys() + "]");
    }

    /** All of the collection, its documents whole: {@link #readWith}. */
    public TestCollection read(Path path) throws IOException {
        return readWith(ReadOptions.of(path));
    }

    /**
     * Reads the collection.
     *
     * @throws IllegalArgumentException if an option is missing or not wanted, or a language is not there
     * @throws IOException if the files are not there, or not those of this collection
     */
    public TestCollection readWith(ReadOptions options) throws IOException {
        Path folder = require(options);
        List<String> languages = options.languages();
        return switch (this) {
            case SAMPLE -> part(LareqaReader.readSample(), languages);
            case XQUAD_R -> part(checked(LareqaReader.read(key, folder), XQUAD_R_LANGUAGES, options), languages);
            case MLQA_R -> part(checked(LareqaReader.read(key, folder), MLQA_R_LANGUAGES, options), languages);
            case MIRACL -> MiraclReader.read(folder, languages, split(options, "dev"), options.passages());
            case BEIR -> part(beir(folder, options), languages);
            case MEWSLI_X -> part(MewsliReader.read(folder, split(options, "test"), options.passages()), languages);
            case TATOEBA -> TatoebaReader.read(folder, oneLanguage(TatoebaReader.languages(folder, languages)));
        };
    }

    /**
     * What can be checked of options without reading: what {@link #readWith} refuses before.
     *
     * @return the folder with the collection's files; null for the sample
     */
    public Path require(ReadOptions options) throws IOException {
        checkOptions(options);
        return this == SAMPLE ? null : folder(options.path());
    }

    private static TestCollection beir(Path folder, ReadOptions options) throws IOException {
        String language = options.language() == null ? "en" : options.language();
        return BeirReader.read(folder, language, split(options, "test"), options.passages());
    }

    private static TestCollection part(TestCollection whole, List<String> languages) {
        return languages.isEmpty() ? whole : whole.in(languages);
    }

    private static String split(ReadOptions options, String usual) {
        return options.split() == null ? usual : options.split();
    }

    private static String oneLanguage(List<String> languages) {
        if (languages.size() != 1) {
            throw new IllegalArgumentException("collection [tatoeba] is one for each language, with English sentences"
                    + " of its own: name one language, such as [deu], and not [" + languages.size() + "]");
        }
        return languages.get(0);
    }

    private void checkOptions(ReadOptions options) {
        Path path = options.path();
        if (this == SAMPLE && path != null) {
            throw new IllegalArgumentException(
                    "collection [sample] ships with hybrid-ir and takes no path, but [" + path + "] was given");
        }
        if (this != SAMPLE && path == null) {
            throw new IllegalArgumentException("collection [" + key
                    + "] needs a path: the folder with its files, or the one that holds the folder [" + key + "]");
        }
        if (this != BEIR && options.language() != null) {
            throw new IllegalArgumentException("collection [" + key + "] says itself what language a text is in; only ["
                    + BEIR.key + "] takes one, but [" + options.language() + "] was given");
        }
        boolean hasSplits = this == MIRACL || this == BEIR || this == MEWSLI_X;
        if (!hasSplits && options.split() != null) {
            throw new IllegalArgumentException(
                    "collection [" + key + "] has no splits, but [" + options.split() + "] was given");
        }
    }

    /**
     * The folder with the collection's files: the path, or the folder of the collection's name in it.
     *
     * @throws FormatException if it is none, or of another format; says of which
     */
    private Path folder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new FormatException("path [" + path + "] of collection [" + key + "] is not a folder");
        }
        Path inside = path.resolve(key);
        Path folder = Files.isDirectory(inside) ? inside : path;
        format.require(folder);
        return folder;
    }

    /** Another collection's folder would evaluate without an error, and its numbers would pass for this one's. */
    private TestCollection checked(TestCollection collection, List<String> languages, ReadOptions options)
            throws FormatException {
        if (!collection.languages().equals(languages)) {
            throw new FormatException("collection [" + key + "] has the languages " + languages + ", but ["
                    + options.path() + "] holds " + collection.languages());
        }
        return collection;
    }
}
