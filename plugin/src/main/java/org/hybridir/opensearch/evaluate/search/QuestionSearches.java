package org.hybridir.opensearch.evaluate.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.hybridir.collection.Question;
import org.hybridir.measure.Hit;
import org.opensearch.action.search.MultiSearchRequest;
import org.opensearch.action.search.MultiSearchResponse;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.GroupedActionListener;
import org.opensearch.common.document.DocumentField;
import org.opensearch.core.action.ActionListener;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.transport.client.Client;

/**
 * Asks questions as searches, in {@code _msearch} requests of bounded size of which few are under way at a time. Any search
 * that fails, or lacks the answer of a shard, fails all.
 */
public final class QuestionSearches {
    private static final String LANGUAGE = "language";
    /** Requests under way. */
    private static final int LANES = 2;
    /** Searches in one request, and hits that they may return in all. */
    private static final int MOST_SEARCHES = 64;

    private static final int MOST_HITS = 10_000;

    private final Client client;
    private final String index;
    private final String preference;
    private final SearchSpec spec;
    private final List<String> languages;
    private final Runnable checkpoint;
    private final AtomicLong sent = new AtomicLong();

    /**
     * A question to be asked.
     *
     * @param pool languages of the passages that may be found
     * @param found is told the first k passages, or all if there are fewer, best first
     */
    public record Asked(Question question, List<String> pool, Consumer<List<Hit>> found) {}

    /**
     * @param client sends requests as children of the task
     * @param preference the same copies of the shards answer all searches
     * @param languages those evaluated, by ordinal
     * @param checkpoint called between requests; throws if the work is to end
     */
    public QuestionSearches(
            Client client,
            String index,
            String preference,
            SearchSpec spec,
            List<String> languages,
            Runnable checkpoint) {
        this.client = client;
        this.index = index;
        this.preference = preference;
        this.spec = spec;
        this.languages = List.copyOf(languages);
        this.checkpoint = checkpoint;
    }

    /** How many searches were sent so far. */
    public long sent() {
        return sent.get();
    }

    /** Asks all, in any order, from several threads at a time; answers when each of them was told what it found. */
    public void ask(List<Asked> all, ActionListener<Void> listener) {
        int size = Math.max(
                1,
                Math.min(MOST_SEARCHES, MOST_HITS / spec.k()) / spec.queries().size());
        Queue<List<Asked>> waiting = new ConcurrentLinkedQueue<>();
        for (int first = 0; first < all.size(); first += size) {
            waiting.add(all.subList(first, Math.min(all.size(), first + size)));
        }
        ActionListener<Collection<Void>> done = ActionListener.map(listener, answers -> null);
        GroupedActionListener<Void> lanes = new GroupedActionListener<>(done, LANES);
        for (int lane = 0; lane < LANES; lane++) {
            next(waiting, lanes);
        }
    }

    private void next(Queue<List<Asked>> waiting, ActionListener<Void> lane) {
        List<Asked> some = waiting.poll();
        if (some == null) {
            lane.onResponse(null);
            return;
        }
        MultiSearchRequest request = new MultiSearchRequest();
        some.forEach(asked -> spec.queries().forEach(query -> request.add(search(query, asked))));
        sent.addAndGet(request.requests().size());
        ActionListener<MultiSearchResponse> answered = ActionListener.wrap(
                response -> {
                    checkpoint.run();
                    tell(some, response.getResponses());
                    next(waiting, lane);
                },
                failure -> {
                    waiting.clear(); // also the other lane asks no more
                    lane.onFailure(failure);
                });
        client.multiSearch(request, answered);
    }

    private SearchRequest search(QueryTemplate query, Asked asked) {
        return new SearchRequest(index)
                .preference(preference)
                .allowPartialSearchResults(false)
                .source(new SearchSourceBuilder()
                        .query(query.render(asked.question, asked.pool))
                        .size(spec.k())
                        .trackTotalHits(false)
                        .fetchSource(false)
                        .docValueField(LANGUAGE));
    }

    private void tell(List<Asked> some, MultiSearchResponse.Item[] answers) throws Exception {
        int place = 0;
        for (Asked asked : some) {
            List<List<Hit>> rankings = new ArrayList<>();
            for (int query = 0; query < spec.queries().size(); query++) {
                rankings.add(hits(answers[place++], asked));
            }
            asked.found.accept(
                    spec.fuses()
                            ? ReciprocalRankFusion.fuse(rankings, spec.fusionConstant(), spec.k())
                            : rankings.get(0));
        }
    }

    /** In the order of every ranking: a search decides between equal scores by where the passages are kept. */
    private List<Hit> hits(MultiSearchResponse.Item answer, Asked asked) throws Exception {
        if (answer.isFailure()) {
            throw answer.getFailure();
        }
        List<Hit> hits = new ArrayList<>();
        for (SearchHit hit : answer.getResponse().getHits().getHits()) {
            hits.add(new Hit(hit.getId(), language(hit, asked.pool), hit.getScore()));
        }
        return Hit.merge(List.of(hits), spec.k());
    }

    private int language(SearchHit hit, List<String> pool) {
        DocumentField field = hit.field(LANGUAGE);
        String language = field == null ? null : field.getValue();
        if (pool.contains(language) == false) {
            throw new IllegalArgumentException("a search for passages in " + pool + " found passage [" + hit.getId()
                    + "] in [" + language + "]: put [" + QueryTemplate.shown(QueryTemplate.POOL)
                    + "] where it filters all that the query finds");
        }
        return languages.indexOf(language);
    }
}
