package org.hybridir.opensearch.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hybridir.collection.Question;
import org.hybridir.measure.Gold;
import org.hybridir.measure.Hit;
import org.hybridir.measure.RankedQuestion;
import org.hybridir.measure.RankingListener;
import org.hybridir.measure.Setting;
import org.hybridir.opensearch.evaluate.search.QuestionSearches;
import org.hybridir.opensearch.evaluate.search.QuestionSearches.Asked;
import org.hybridir.opensearch.evaluate.search.SearchSpec;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.common.Nullable;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.search.aggregations.AggregationBuilders;
import org.opensearch.search.aggregations.bucket.missing.Missing;
import org.opensearch.search.aggregations.bucket.terms.Terms;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.transport.client.Client;

/**
 * Ranks by real searches: each question is asked once in each pool of the settings, and ranks are known as far as the
 * searches' hits go. Nothing is read but by ordinary searches, so any index that can be searched will do, with vectors or
 * without.
 */
final class SearchRanking {
    /** More languages than that are none. */
    private static final int MOST_LANGUAGES = 10_000;

    private static final String WITHOUT_LANGUAGE = "without_language";

    private final SearchSpec spec;
    private final Set<Setting> settings;
    private final String index;
    private final String preference;
    private final EvaluateTask task;
    private final Client client;
    private final Client afterwards;
    private Survey survey;
    private List<String> languages;
    private RankingListener rankings;
    private QuestionSearches searches;

    private long goldsOutside;
    private long nanos;

    /**
     * @param index the concrete index of passages
     * @param preference the same copies of the shards answer all searches
     * @param client sends requests as children of the task
     * @param afterwards sends those that must go out when the task was cancelled
     */
    SearchRanking(
            SearchSpec spec,
            Set<Setting> settings,
            String index,
            String preference,
            EvaluateTask task,
            Client client,
            Client afterwards) {
        this.spec = spec;
        this.settings = settings;
        this.index = index;
        this.preference = preference;
        this.task = task;
        this.client = client;
        this.afterwards = afterwards;
    }

    /** Counts the passages of each language that a search may find, whether they have a vector or not. */
    void survey(ActionListener<Survey> listener) {
        SearchRequest request = new SearchRequest(index)
                .preference(preference)
                .allowPartialSearchResults(false)
                .source(new SearchSourceBuilder()
                        .size(0)
                        .trackTotalHits(true)
                        .aggregation(AggregationBuilders.terms(PassageFields.LANGUAGE)
                                .field(PassageFields.LANGUAGE)
                                .size(MOST_LANGUAGES))
                        .aggregation(
                                AggregationBuilders.missing(WITHOUT_LANGUAGE).field(PassageFields.LANGUAGE)));
        client.search(
                request, ActionListener.wrap(response -> listener.onResponse(read(response)), listener::onFailure));
    }

    private Survey read(SearchResponse response) {
        Terms terms = response.getAggregations().get(PassageFields.LANGUAGE);
        Missing missing = response.getAggregations().get(WITHOUT_LANGUAGE);
        Map<String, Long> pools = new TreeMap<>();
        terms.getBuckets().forEach(bucket -> pools.put(bucket.getKeyAsString(), bucket.getDocCount()));
        long counted = pools.values().stream().mapToLong(Long::longValue).sum() + missing.getDocCount();
        long twice = counted - response.getHits().getTotalHits().value();
        if (twice > 0) {
            throw new IllegalArgumentException("index [" + index + "] has [" + twice + "] values too many in ["
                    + PassageFields.LANGUAGE + "], a passage has one language");
        }
        survey = new Survey(pools, 0, missing.getDocCount());
        return survey;
    }

    /**
     * Says what is to be ranked; after the survey.
     *
     * @param languages those evaluated, by ordinal
     * @param rankings is told of each question
     */
    void begin(List<String> languages, RankingListener rankings) {
        this.languages = languages;
        this.rankings = rankings;
        this.searches = new QuestionSearches(client, index, preference, spec, languages, task::ensureNotCancelled);
    }

    /** Passages of each language evaluated. */
    int[] poolSizes(List<String> languages) {
        return survey.sizes(languages);
    }

    /**
     * Ranks a block of questions; answers when all are ranked.
     *
     * @param judged grades of the relevant passages of each question, by id; null: passages name their questions
     */
    void rank(List<Question> block, @Nullable List<Map<String, Integer>> judged, ActionListener<Void> listener) {
        long from = System.nanoTime();
        ActionListener<Void> done = ActionListener.runBefore(listener, () -> nanos += System.nanoTime() - from);
        new GoldSearch(index, languages, block, judged, client, afterwards)
                .find(ActionListener.wrap(
                        golds -> {
                            task.ensureNotCancelled();
                            countOutside(judged, golds);
                            ask(block, golds, done);
                        },
                        done::onFailure));
    }

    private void countOutside(List<Map<String, Integer>> judged, List<List<Gold>> golds) {
        for (int question = 0; judged != null && question < golds.size(); question++) {
            goldsOutside += judged.get(question).size() - golds.get(question).size();
        }
    }

    private void ask(List<Question> block, List<List<Gold>> golds, ActionListener<Void> listener) {
        List<Asked> asked = new ArrayList<>();
        for (int place = 0; place < block.size(); place++) {
            Question question = block.get(place);
            List<String> others = poolsOf(question.language());
            SearchedQuestion searched = new SearchedQuestion(
                    question.id(),
                    languages.indexOf(question.language()),
                    golds.get(place),
                    spec.k(),
                    others.size() + (settings.contains(Setting.MULTILINGUAL) ? 1 : 0),
                    rankings.hits(),
                    this::ranked);
            if (others.isEmpty() && settings.contains(Setting.MULTILINGUAL) == false) {
                ranked(searched.ranked());
            }
            others.forEach(pool -> asked.add(asked(question, List.of(pool), searched::foundInLanguage)));
            if (settings.contains(Setting.MULTILINGUAL)) {
                asked.add(asked(question, languages, searched::foundInAll));
            }
        }
        searches.ask(asked, listener);
    }

    private void ranked(RankedQuestion question) {
        rankings.ranked(question);
        task.progress().ranked(1);
    }

    /** The pools of one language in which a question of that language is asked. */
    private List<String> poolsOf(String own) {
        return languages.stream()
                .filter(pool -> settings.contains(pool.equals(own) ? Setting.MONOLINGUAL : Setting.CROSS_LINGUAL))
                .toList();
    }

    private Asked asked(Question question, List<String> pool, Consumer<List<Hit>> found) {
        return new Asked(question, pool, hits -> {
            if (hits.size() > survey.size(pool)) {
                throw new OpenSearchStatusException(
                        "index [" + index + "] changed during the evaluation, it has more passages in " + pool
                                + " now: evaluate again when nothing is being indexed",
                        RestStatus.CONFLICT);
            }
            found.accept(hits);
        });
    }

    /** Relevant passages, by judgements, that are not there in the languages evaluated. */
    long goldsOutside() {
        return goldsOutside;
    }

    long nanos() {
        return nanos;
    }

    /** What the response says of the searches. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("k", spec.k());
        map.put("queries", spec.queries().size());
        if (spec.fuses()) {
            map.put("rank_constant", spec.fusionConstant());
        }
        map.put("searches", searches.sent());
        map.put(
                "note",
                "ranks are those of the first [" + spec.k() + "] hits of each search; a relevant passage behind them"
                        + " counts as not found, and where a measure needs its rank, as rank [" + (spec.k() + 1)
                        + "], or the one behind the last passage of a smaller pool: a lower bound");
        return map;
    }
}
