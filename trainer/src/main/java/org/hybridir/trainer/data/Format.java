package org.hybridir.trainer.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hybridir.text.FormatException;

/** What data sets are read from. */
enum Format {
    JSONL(
            "jsonl",
            Place.FILE,
            new JsonlReader(),
            Set.of("query", "passage", "query_language", "passage_language", "group", "language", "negatives")),
    SQUAD("squad", Place.FILE, new SquadReader(), Set.of("language", "window", "negatives")),
    MLQA("mlqa", Place.FOLDER, new MlqaReader(), Set.of("window", "negatives")),
    LAREQA("lareqa", Place.FOLDER, new LareqaPairs(), Set.of("pairs")),
    TYDIQA("tydiqa", Place.EITHER, new TydiqaReader(), Set.of("language", "window", "negatives")),
    AFRIQA("afriqa", Place.EITHER, new AfriqaReader(), Set.of()),
    TSV(
            "tsv",
            Place.FILE,
            new TsvReader(),
            Set.of("query", "passage", "query_language", "passage_language", "group", "language", "header")),
    LINES("lines", Place.FOLDER, new LinesReader(), Set.of("queries")),
    SECTIONS("sections", Place.FOLDER, new SectionsReader(), Set.of("pairs"));

    /** Keys that every format takes. */
    private static final Set<String> COMMON = Set.of("name", "weight", "languages");

    private enum Place {
        FILE("a file"),
        FOLDER("a folder"),
        EITHER("a file or a folder");

        private final String words;

        Place(String words) {
            this.words = words;
        }
    }

    private final String key;
    private final Place place;
    private final PairReader reader;
    private final Set<String> options;

    Format(String key, Place place, PairReader reader, Set<String> options) {
        this.key = key;
        this.place = place;
        this.reader = reader;
        this.options = options;
    }

    String key() {
        return key;
    }

    PairReader reader() {
        return reader;
    }

    static Format of(String key) {
        for (Format format : values()) {
            if (format.key.equals(key)) {
                return format;
            }
        }
        String known = Arrays.stream(values()).map(Format::key).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("unknown format [" + key + "], known ones [" + known + "]");
    }

    /** Throws IllegalArgumentException: unknown key [x] of the format [y], known ones [...]. */
    void requireKnown(String option) {
        if (!COMMON.contains(option) && !options.contains(option)) {
            Set<String> known = new TreeSet<>(COMMON);
            known.addAll(options);
            throw new IllegalArgumentException(
                    "unknown key [" + option + "] of the format [" + key + "], known ones " + known);
        }
    }

    void requirePlace(Path path) throws FormatException {
        if (!Files.exists(path)) {
            throw new FormatException("there is no file or folder [" + path + "]");
        }
        boolean folder = Files.isDirectory(path);
        if (place == Place.FILE && folder || place == Place.FOLDER && !folder) {
            throw new FormatException("the format [" + key + "] reads " + place.words + ", but [" + path + "] is "
                    + (folder ? Place.FOLDER : Place.FILE).words);
        }
    }
}
