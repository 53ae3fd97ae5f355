package org.hybridir.opensearch.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hybridir.collection.Question;
import org.opensearch.search.SearchHit;

/** One page of the index of questions: those that can be asked, and how many cannot. */
final class QuestionBlock {
    static final String ID = "question_id";
    static final String LANGUAGE = "language";
    static final String TEXT = "text";

    private final List<Question> questions = new ArrayList<>();
    private int incomplete;
    private int otherLanguage;

    /**
     * @param languages those evaluated
     * @throws IllegalArgumentException if a text is something else
     */
    QuestionBlock(SearchHit[] hits, List<String> languages) {
        for (SearchHit hit : hits) {
            add(hit, languages);
        }
    }

    private void add(SearchHit hit, List<String> languages) {
        Map<String, Object> source = hit.hasSource() ? hit.getSourceAsMap() : Map.of();
        Object id = source.get(ID);
        Object language = source.get(LANGUAGE);
        Object text = source.get(TEXT);
        if (id == null || language == null || text == null) {
            incomplete++;
        } else if (languages.contains(language.toString()) == false) {
            otherLanguage++;
        } else if (text instanceof String words) {
            questions.add(new Question(id.toString(), language.toString(), words));
        } else {
            throw new IllegalArgumentException("document [" + hit.getId() + "] of index [" + hit.getIndex()
                    + "] has a [" + TEXT + "] that is no text [" + text + "]");
        }
    }

    List<Question> questions() {
        return questions;
    }

    /** Documents without id, language or text. */
    int incomplete() {
        return incomplete;
    }

    /** Questions in a language that is not evaluated. */
    int otherLanguage() {
        return otherLanguage;
    }
}
