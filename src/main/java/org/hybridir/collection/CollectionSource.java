package org.hybridir.collection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.hybridir.text.FormatException;

/** The collections that can be had by name, and where each is read from. */
public enum CollectionSource {
    /** Written for this project and shipped with it: real text in the languages of XQuAD-R. */
    SAMPLE("sample", List.of("ar", "de", "el", "en", "es", "hi", "ru", "th", "tr", "vi", "zh")),
    /** LAReQA's XQuAD-R (Roy et al., 2020, arXiv 2004.05484): each question in eleven languages. */
    XQUAD_R("xquad-r", List.of("ar", "de", "el", "en", "es", "hi", "ru", "th", "tr", "vi", "zh")),
    /** LAReQA's MLQA-R: each question in two to four of seven languages. */
    MLQA_R("mlqa-r", List.of("ar", "de", "en", "es", "hi", "vi", "zh"));

    private final String key;
    private final List<String> languages;

    CollectionSource(String key, List<String> languages) {
        this.key = key;
        this.languages = languages;
    }

    /** The name in commands, also the name of the folder that LAReQA keeps it in. */
    public String key() {
        return key;
    }

    /** In alphabetical order. */
    public List<String> languages() {
        return languages;
    }

    /** The collection of a name. Throws IllegalArgumentException: unknown collection [x], known ones [...]. */
    public static CollectionSource parse(String key) {
        for (CollectionSource source : values()) {
            if (source.key.equals(key)) {
                return source;
            }
        }
        String known = Arrays.stream(values()).map(CollectionSource::key).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("unknown collection [" + key + "], known ones [" + known + "]");
    }

    /**
     * Reads the collection.
     *
     * @param path the folder with its files, or the folder that holds this one; null for the sample, which needs none
     * @throws IllegalArgumentException if a path is missing or not wanted
     * @throws IOException if the files are not there, or not those of this collection
     */
    public TestCollection read(Path path) throws IOException {
        if (this == SAMPLE) {
            if (path != null) {
                throw new IllegalArgumentException(
                        "collection [sample] ships with hybrid-ir and takes no path, but [" + path + "] was given");
            }
            return LareqaReader.readSample();
        }
        if (path == null) {
            throw new IllegalArgumentException("collection [" + key
                    + "] needs a path: the folder with its files, or the one" + " that holds the folder [" + key + "]");
        }
        return checked(LareqaReader.read(key, folder(path)), path);
    }

    private Path folder(Path path) throws FormatException {
        if (!Files.isDirectory(path)) {
            throw new FormatException("path [" + path + "] of collection [" + key + "] is not a folder");
        }
        Path inside = path.resolve(key);
        return Files.isDirectory(inside) ? inside : path;
    }

    /** Another collection's folder would evaluate without an error, and its numbers would pass for this one's. */
    private TestCollection checked(TestCollection collection, Path path) throws FormatException {
        if (!collection.languages().equals(languages)) {
            throw new FormatException("collection [" + key + "] has the languages " + languages + ", but [" + path
                    + "] holds " + collection.languages());
        }
        return collection;
    }
}
