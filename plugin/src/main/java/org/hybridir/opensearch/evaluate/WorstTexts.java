package org.hybridir.opensearch.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.hybridir.measure.Report;
import org.hybridir.measure.WorstQuestion;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.transport.client.Client;

/**
 * Reads the texts of a report's worst questions and their passages, by ordinary searches: what the caller may not read, or
 * what has no text, stays without. The evaluation is done by then, so that nothing here may fail it.
 */
final class WorstTexts {
    private static final Logger LOGGER = LogManager.getLogger(WorstTexts.class);
    /** Passages whose texts are read: what an index lets one search return, unless told otherwise. */
    private static final int MOST = 10_000;

    private final Client client;
    private final String questionIndex;
    private final String passageIndex;

    WorstTexts(Client client, String questionIndex, String passageIndex) {
        this.client = client;
        this.questionIndex = questionIndex;
        this.passageIndex = passageIndex;
    }

    /** Answers with the report with its texts, or without any if they cannot be read. */
    void read(Report report, ActionListener<Report> listener) {
        readAll(report, ActionListener.delegateResponse(listener, (without, failure) -> {
            LOGGER.warn("the texts of the worst questions in index [{}] could not be read", passageIndex, failure);
            without.onResponse(report);
        }));
    }

    private void readAll(Report report, ActionListener<Report> listener) {
        List<WorstQuestion> worst = report.detail().map(Report.Detail::worst).orElse(List.of());
        if (worst.isEmpty()) {
            listener.onResponse(report);
            return;
        }
        Set<String> ids = new TreeSet<>();
        Set<String> languages = new TreeSet<>();
        worst.forEach(question -> {
            ids.add(question.id());
            languages.add(question.language());
        });
        SearchRequest search = search(
                questionIndex,
                QueryBuilders.boolQuery()
                        .filter(QueryBuilders.termsQuery(QuestionBlock.ID, ids))
                        .filter(QueryBuilders.termsQuery(QuestionBlock.LANGUAGE, languages)),
                ids.size() * languages.size(),
                QuestionBlock.ID,
                QuestionBlock.LANGUAGE,
                QuestionBlock.TEXT);
        client.search(
                search,
                Pages.naming(
                        questionIndex,
                        ActionListener.wrap(
                                response -> readPassages(
                                        report,
                                        worst,
                                        questionTexts(response.getHits().getHits()),
                                        listener),
                                listener::onFailure)));
    }

    private void readPassages(
            Report report,
            List<WorstQuestion> worst,
            Map<List<String>, String> questionTexts,
            ActionListener<Report> listener) {
        String[] ids = worst.stream()
                .flatMap(question -> Stream.concat(
                        question.golds().stream().map(WorstQuestion.Relevant::id),
                        question.top().stream().map(WorstQuestion.First::id)))
                .distinct()
                .limit(MOST)
                .toArray(String[]::new);
        client.search(
                search(passageIndex, QueryBuilders.idsQuery().addIds(ids), ids.length, QuestionBlock.TEXT),
                Pages.naming(
                        passageIndex,
                        ActionListener.wrap(
                                response -> {
                                    Map<String, String> passageTexts =
                                            passageTexts(response.getHits().getHits());
                                    listener.onResponse(report.withTexts(
                                            (id, language) -> questionTexts.get(List.of(id, language)),
                                            passageTexts::get));
                                },
                                listener::onFailure)));
    }

    private static SearchRequest search(String index, QueryBuilder query, int size, String... fields) {
        return new SearchRequest(index)
                .allowPartialSearchResults(false)
                .source(new SearchSourceBuilder().query(query).size(size).fetchSource(fields, null));
    }

    private static Map<List<String>, String> questionTexts(SearchHit[] hits) {
        Map<List<String>, String> texts = new HashMap<>();
        for (SearchHit hit : hits) {
            Map<String, Object> source = hit.hasSource() ? hit.getSourceAsMap() : Map.of();
            if (source.get(QuestionBlock.TEXT) instanceof String text) {
                texts.put(
                        List.of(
                                String.valueOf(source.get(QuestionBlock.ID)),
                                String.valueOf(source.get(QuestionBlock.LANGUAGE))),
                        text);
            }
        }
        return texts;
    }

    private static Map<String, String> passageTexts(SearchHit[] hits) {
        Map<String, String> texts = new HashMap<>();
        for (SearchHit hit : hits) {
            if (hit.hasSource() && hit.getSourceAsMap().get(QuestionBlock.TEXT) instanceof String text) {
                texts.put(hit.getId(), text);
            }
        }
        return texts;
    }
}
