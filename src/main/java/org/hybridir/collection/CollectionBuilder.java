package org.hybridir.collection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Gathers a collection language by language. */
final class CollectionBuilder {
    private final String name;
    private final List<String> languages = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private final List<Passage> passages = new ArrayList<>();
    /** Of the language being read. */
    private final Set<String> questionIds = new HashSet<>();

    CollectionBuilder(String name) {
        this.name = name;
    }

    /** Languages come in alphabetical order. */
    void beginLanguage(String language) {
        languages.add(language);
        questionIds.clear();
    }

    private String language() {
        return languages.get(languages.size() - 1);
    }

    /** False if the language has this id already. */
    boolean addQuestion(String id, String text) {
        questions.add(new Question(id, language(), text));
        return questionIds.add(id);
    }

    void addPassage(LareqaPlace place, int sentence, String title, String text, List<String> answered) {
        String id = String.format(
                Locale.ROOT, "%s-%04d-%02d-%02d", language(), place.article(), place.paragraph(), sentence);
        passages.add(new Passage(id, language(), title, text, List.copyOf(answered)));
    }

    TestCollection build() {
        return new TestCollection(name, languages, questions, passages);
    }
}
