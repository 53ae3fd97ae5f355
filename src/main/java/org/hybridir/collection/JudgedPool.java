package org.hybridir.collection;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.hybridir.text.FormatException;
import org.hybridir.text.JsonLines;
import org.hybridir.trec.Judgements;

/**
 * Documents, questions and judgements that stand in files of their own and are joined by ids. Documents come first, then
 * questions: asked are those with a relevant document in the pool. What does not fit together is counted, never guessed.
 */
final class JudgedPool {
    static final String UNKNOWN_QUESTION = "judged questions without a text";
    static final String EMPTY_DOCUMENT = "documents without text";
    static final String EMPTY_QUESTION = "questions without text";
    static final String NOT_JUDGED = "questions without a judgement";
    static final String NOTHING_RELEVANT = "questions without a relevant document in the corpus";

    private final CollectionBuilder builder;
    private final Judgements judgements;
    private final Map<String, Map<String, Integer>> relevant;
    private final UnaryOperator<String> ids;
    private final Passages passages;
    /** Of the questions that a document of the pool answers. */
    private final Set<String> answered = new HashSet<>();

    private final Set<String> texts = new HashSet<>();
    private int found;

    /** @param ids the collection's id of a document or question that a file gives an id: the same, or one with a prefix */
    JudgedPool(CollectionBuilder builder, Judgements judgements, UnaryOperator<String> ids, Passages passages) {
        this.builder = builder;
        this.judgements = judgements;
        this.relevant = judgements.relevantByDocument();
        this.ids = ids;
        this.passages = passages;
    }

    /** Takes a document. */
    void document(JsonLines.Line line, String id, String language, String title, String text) throws FormatException {
        builder.inLanguage(language);
        if (text.isBlank() && title.isBlank()) {
            builder.leaveOut(EMPTY_DOCUMENT, 1);
            return;
        }
        Map<String, Integer> questions = relevant.getOrDefault(id, Map.of());
        Map<String, Integer> grades = new LinkedHashMap<>();
        questions.forEach((question, grade) -> grades.put(ids.apply(question), grade));
        answered.addAll(questions.keySet());
        found += questions.size();
        List<String> parts = passages.of(language, title.strip(), text.strip());
        if (!builder.addDocument(ids.apply(id), title.strip(), parts, grades)) {
            throw line.wrong("the id [" + id + "] stands twice in the corpus");
        }
    }

    /**
     * Takes a question.
     *
     * @return false if its id is there already; what the error says is the reader's business
     */
    boolean question(String id, String language, String text) {
        builder.inLanguage(language);
        if (!texts.add(id)) {
            return false;
        }
        if (!judgements.questions().contains(id)) {
            builder.leaveOut(NOT_JUDGED, 1);
        } else if (text.isBlank()) {
            builder.leaveOut(EMPTY_QUESTION, 1);
        } else if (!answered.contains(id)) {
            builder.leaveOut(NOTHING_RELEVANT, 1);
        } else {
            builder.addQuestion(ids.apply(id), text.strip());
        }
        return true;
    }

    /** Counts the judgements that nothing belongs to. */
    void end() {
        builder.leaveOut(TestCollection.LACKING, judgements.relevantCount() - found);
        long unknown = judgements.questions().stream()
                .filter(id -> !texts.contains(id))
                .count();
        builder.leaveOut(UNKNOWN_QUESTION, (int) unknown);
    }
}
