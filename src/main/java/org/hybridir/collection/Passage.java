package org.hybridir.collection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is encoded and ranked: a whole candidate of a test collection, for LAReQA one sentence, or a part of a long one.
 *
 * @param id unique in the collection, such as {@code de-0007-03-02} (language, article, paragraph, sentence)
 * @param documentId the candidate that it is a part of, by which equal scores are ranked; its own id if it is the whole
 * @param language ISO 639-1 code
 * @param title of the article that it stands in; for people, what of it is encoded stands in the text too
 * @param text what is encoded
 * @param grades the questions, in any language, that its document answers, each with how well: from 1 on
 */
public record Passage(
        String id, String documentId, String language, String title, String text, Map<String, Integer> grades) {
    public Passage {
        grades.forEach((question, grade) -> {
            if (grade < 1) {
                throw new IllegalArgumentException("a relevant passage has a grade from 1 on, but [" + id + "] has ["
                        + grade + "] for question [" + question + "]");
            }
        });
        grades = Collections.unmodifiableMap(new LinkedHashMap<>(grades));
    }

    /** A whole candidate, as relevant to each of its questions as to the other. */
    public Passage(String id, String language, String title, String text, List<String> questionIds) {
        this(id, id, language, title, text, ones(questionIds));
    }

    private static Map<String, Integer> ones(List<String> questionIds) {
        Map<String, Integer> grades = new LinkedHashMap<>();
        questionIds.forEach(question -> grades.put(question, 1));
        return grades;
    }

    /** Ids of the questions, in any language, that it answers. */
    public List<String> questionIds() {
        return List.copyOf(grades.keySet());
    }
}
