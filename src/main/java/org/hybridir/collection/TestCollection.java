package org.hybridir.collection;

import java.util.List;

/**
 * Questions, passages and, through {@link Passage#questionIds()}, judgements.
 *
 * @param name such as {@code xquad-r}
 * @param languages in alphabetical order
 * @param questions of all languages
 * @param passages of all languages: the multilingual candidate pool
 */
public record TestCollection(String name, List<String> languages, List<Question> questions, List<Passage> passages) {}
