package org.hybridir.collection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hybridir.text.FormatException;

/** Gathers a collection, and counts what is left out of it. */
final class CollectionBuilder {
    private final String name;
    private final Set<String> languages = new TreeSet<>();
    private final List<Question> questions = new ArrayList<>();
    private final List<Passage> passages = new ArrayList<>();
    private final Set<Question> questionKeys = new HashSet<>();
    private final Set<String> documentIds = new HashSet<>();
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private String language;

    CollectionBuilder(String name) {
        this.name = name;
    }

    /** What comes now is in this language. */
    void inLanguage(String code) {
        language = code;
        languages.add(code);
    }

    /** False if the language has this id already. */
    boolean addQuestion(String id, String text) {
        questions.add(new Question(id, language, text));
        return questionKeys.add(new Question(id, language, ""));
    }

    void addPassage(LareqaPlace place, int sentence, String title, String text, List<String> answered) {
        String id =
                String.format(Locale.ROOT, "%s-%04d-%02d-%02d", language, place.article(), place.paragraph(), sentence);
        passages.add(new Passage(id, language, title, text, answered));
    }

    /**
     * False if the collection has this id already.
     *
     * @param texts the passages, at least one
     */
    boolean addDocument(String id, String title, List<String> texts, Map<String, Integer> grades) {
        for (int part = 0; part < texts.size(); part++) {
            String passageId = texts.size() == 1 ? id : id + "/" + (part + 1);
            passages.add(new Passage(passageId, id, language, title, texts.get(part), grades));
        }
        return documentIds.add(id);
    }

    /** Counts what does not take part. */
    void leaveOut(String reason, int count) {
        if (count > 0) {
            leftOut.merge(reason, count, Integer::sum);
        }
    }

    /**
     * The collection.
     *
     * @param from where it was read, for the error
     * @throws FormatException if no passage answers any question: nothing could be measured
     */
    TestCollection build(String from) throws FormatException {
        if (passages.stream().allMatch(passage -> passage.grades().isEmpty())) {
            throw new FormatException("collection [" + name + "] in [" + from + "] has [" + passages.size()
                    + "] passages and [" + questions.size() + "] questions, but no passage is relevant to a question"
                    + (leftOut.isEmpty() ? "" : "; left out: " + leftOut));
        }
        return new TestCollection(name, List.copyOf(languages), questions, passages, leftOut);
    }
}
