package org.hybridir.opensearch.evaluate;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.transport.client.Client;

/**
 * The judgements of some questions, read from an index of their own. A judgement is a document with a question's id, a
 * passage's id and, if it likes, a grade: a whole number, 1 if there is none; a passage of grade 0 or less is not relevant.
 */
final class Judgements {
    static final String QUESTION = "question_id";
    static final String PASSAGE = "passage_id";
    static final String GRADE = "grade";

    /** Documents that are read at once. */
    private static final int PAGE = 10_000;

    private final String index;
    private final Pages pages;
    private final Client afterwards;
    private final Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();

    /**
     * @param questions ids
     * @param client sends requests as children of a task
     * @param afterwards sends those that must go out when the task was cancelled
     */
    Judgements(String index, Collection<String> questions, Client client, Client afterwards) {
        this.index = index;
        this.afterwards = afterwards;
        this.pages = new Pages(
                client,
                index,
                new SearchSourceBuilder()
                        .query(QueryBuilders.termsQuery(QUESTION, questions))
                        .size(PAGE)
                        .sort(QUESTION)
                        .fetchSource(new String[] {QUESTION, PASSAGE, GRADE}, null));
        questions.forEach(question -> grades.put(question, new HashMap<>()));
    }

    /** Reads all; answers with the grades of passages by question. Once only. */
    void read(ActionListener<Map<String, Map<String, Integer>>> listener) {
        readPage(ActionListener.runBefore(listener, () -> pages.close(afterwards)));
    }

    private void readPage(ActionListener<Map<String, Map<String, Integer>>> listener) {
        pages.next(ActionListener.wrap(
                hits -> {
                    for (SearchHit hit : hits) {
                        add(hit.getId(), hit.hasSource() ? hit.getSourceAsMap() : Map.of());
                    }
                    if (hits.length > 0) {
                        readPage(listener);
                    } else {
                        listener.onResponse(grades);
                    }
                },
                listener::onFailure));
    }

    private void add(String id, Map<String, Object> source) {
        Object question = source.get(QUESTION);
        Object passage = source.get(PASSAGE);
        Map<String, Integer> passages = question == null ? null : grades.get(question.toString());
        if (passages == null || passage == null) {
            throw new IllegalArgumentException("judgement [" + id + "] of index [" + index + "] needs one value in ["
                    + QUESTION + "] and one in [" + PASSAGE + "]");
        }
        int grade = source.get(GRADE) == null ? 1 : grade(id, source.get(GRADE));
        Integer before = passages.put(passage.toString(), grade);
        if (before != null && before != grade) {
            throw new IllegalArgumentException("index [" + index + "] judges passage [" + passage + "] for question ["
                    + question + "] twice, with the grades [" + Math.min(before, grade) + "] and ["
                    + Math.max(before, grade) + "]: remove one of the judgements");
        }
    }

    private int grade(String id, Object grade) {
        if (grade instanceof Integer number) {
            return number;
        }
        throw new IllegalArgumentException("judgement [" + id + "] of index [" + index + "] has the [" + GRADE + "] ["
                + grade + "], a grade is a whole number below 2^31: 1 or more for a relevant passage, more for a more"
                + " relevant one, 0 for one that is not relevant");
    }
}
