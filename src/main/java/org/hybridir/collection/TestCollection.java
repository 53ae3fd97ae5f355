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
public record TestCollection(String name, List<String> languages, List<Question> questions, List<Passage> passages) {
    public TestCollection {
        languages = List.copyOf(languages);
        questions = List.copyOf(questions);
        passages = List.copyOf(passages);
    }

    /**
     * The part in some languages.
     *
     * @throws IllegalArgumentException if a language is not in the collection
     */
    public TestCollection in(List<String> some) {
        for (String language : some) {
            if (!languages.contains(language)) {
                throw new IllegalArgumentException(
                        "unknown language [" + language + "], collection [" + name + "] has " + languages);
            }
        }
        return new TestCollection(
                name,
                languages.stream().filter(some::contains).toList(),
                questions.stream().filter(q -> some.contains(q.language())).toList(),
                passages.stream().filter(p -> some.contains(p.language())).toList());
    }

    /** Passages of each language, in the order of the languages. */
    public int[] poolSizes() {
        int[] sizes = new int[languages.size()];
        passages.forEach(passage -> sizes[languages.indexOf(passage.language())]++);
        return sizes;
    }
}
