package org.hybridir.opensearch.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hybridir.collection.Question;
import org.hybridir.measure.Gold;
import org.opensearch.common.Nullable;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.transport.client.Client;

/** Finds the golds of a block of questions by ordinary searches, and so without their scores: each has the score 0. */
final class GoldSearch {
    /** Passages that are read at once. */
    private static final int PAGE = 10_000;

    private final List<String> languages;
    private final List<Question> block;
    private final List<Map<String, Integer>> judged;
    private final Pages pages;
    private final Client afterwards;
    /** Passage id to the ordinal of its language. */
    private final Map<String, Integer> passages = new HashMap<>();
    /** Question id to passages that name it. */
    private final Map<String, Map<String, Integer>> named = new HashMap<>();

    /**
     * @param languages those evaluated, by ordinal; passages of others are no golds
     * @param judged grades of the relevant passages of each question, by id; null: passages name their questions
     * @param client sends requests as children of a task
     * @param afterwards sends those that must go out when the task was cancelled
     */
    GoldSearch(
            String index,
            List<String> languages,
            List<Question> block,
            @Nullable List<Map<String, Integer>> judged,
            Client client,
            Client afterwards) {
        this.languages = languages;
        this.block = block;
        this.judged = judged;
        this.afterwards = afterwards;
        QueryBuilder ofLanguages = QueryBuilders.termsQuery(PassageFields.LANGUAGE, languages);
        SearchSourceBuilder search = new SearchSourceBuilder()
                .query(QueryBuilders.boolQuery().filter(relevant()).filter(ofLanguages))
                .size(PAGE)
                .sort(PassageFields.LANGUAGE)
                .fetchSource(false)
                .docValueField(PassageFields.LANGUAGE);
        if (judged == null) {
            search.docValueField(PassageFields.QUESTION_IDS);
        }
        this.pages = new Pages(client, index, search);
    }

    private QueryBuilder relevant() {
        if (judged == null) {
            return QueryBuilders.termsQuery(
                    PassageFields.QUESTION_IDS,
                    block.stream().map(Question::id).distinct().toList());
        }
        Set<String> ids = new LinkedHashSet<>();
        judged.forEach(ofQuestion -> ids.addAll(ofQuestion.keySet()));
        return QueryBuilders.idsQuery().addIds(ids.toArray(String[]::new));
    }

    /** Answers with the golds of each question of the block, in no order. Once only. */
    void find(ActionListener<List<List<Gold>>> listener) {
        readPage(ActionListener.runBefore(listener, () -> pages.close(afterwards)));
    }

    private void readPage(ActionListener<List<List<Gold>>> listener) {
        pages.next(ActionListener.wrap(
                hits -> {
                    for (SearchHit hit : hits) {
                        add(hit);
                    }
                    if (hits.length > 0) {
                        readPage(listener);
                    } else {
                        listener.onResponse(golds());
                    }
                },
                listener::onFailure));
    }

    /** Reads what is indexed, as the exact ranking does: the source may lack it. */
    private void add(SearchHit hit) {
        String language = hit.field(PassageFields.LANGUAGE).getValue();
        passages.put(hit.getId(), languages.indexOf(language));
        if (judged == null) {
            for (Object question : hit.field(PassageFields.QUESTION_IDS).getValues()) {
                named.computeIfAbsent(question.toString(), none -> new HashMap<>())
                        .put(hit.getId(), 1);
            }
        }
    }

    private List<List<Gold>> golds() {
        List<List<Gold>> golds = new ArrayList<>();
        for (int place = 0; place < block.size(); place++) {
            List<Gold> ofQuestion = new ArrayList<>();
            Map<String, Integer> grades =
                    judged == null ? named.getOrDefault(block.get(place).id(), Map.of()) : judged.get(place);
            grades.forEach((id, grade) -> {
                if (passages.containsKey(id)) {
                    ofQuestion.add(new Gold(id, passages.get(id), grade, 0));
                }
            });
            golds.add(ofQuestion);
        }
        return golds;
    }
}
