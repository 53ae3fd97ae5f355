package org.hybridir.collection;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What to read of a collection, and from where.
 *
 * @param path the folder with its files, or the folder that holds this one; null for the sample, which needs none
 * @param languages of questions and passages; empty: all
 * @param language of a collection whose files do not say it (BEIR); null: {@code en}
 * @param split of the questions, such as {@code dev}; null: the one that is reported, where a collection has several
 * @param passages makes passages of documents that come whole
 */
public record ReadOptions(Path path, List<String> languages, String language, String split, Passages passages) {
    public ReadOptions {
        languages = List.copyOf(languages);
        Objects.requireNonNull(passages, "passages");
    }

    /** All of a collection, its documents whole. */
    public static ReadOptions of(Path path) {
        return new ReadOptions(path, List.of(), null, null, Passages.WHOLE);
    }

    /** The same, documents made into passages in another way. */
    public ReadOptions with(Passages passages) {
        return new ReadOptions(path, languages, language, split, passages);
    }
}
