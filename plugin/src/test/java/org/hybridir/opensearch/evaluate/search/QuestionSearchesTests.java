package org.hybridir.opensearch.evaluate.search;

import static org.hamcrest.Matchers.equalTo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hybridir.collection.Question;
import org.hybridir.opensearch.evaluate.search.QuestionSearches.Asked;
import org.junit.After;
import org.junit.Before;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionType;
import org.opensearch.action.search.MultiSearchRequest;
import org.opensearch.action.search.MultiSearchResponse;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.search.SearchResponseSections;
import org.opensearch.action.search.ShardSearchFailure;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.search.SearchHits;
import org.opensearch.test.OpenSearchTestCase;
import org.opensearch.test.client.NoOpClient;

public class QuestionSearchesTests extends OpenSearchTestCase {
    /** The requests that were sent, with those who wait for their answers. */
    private record Sent(MultiSearchRequest request, ActionListener<MultiSearchResponse> answer) {
        private void empty() {
            MultiSearchResponse.Item[] items = request.requests().stream()
                    .map(search -> new MultiSearchResponse.Item(found(), null))
                    .toArray(MultiSearchResponse.Item[]::new);
            answer.onResponse(new MultiSearchResponse(items, 1));
        }

        private static SearchResponse found() {
            SearchResponseSections nothing =
                    new SearchResponseSections(SearchHits.empty(), null, null, false, null, null, 1);
            return new SearchResponse(
                    nothing, null, 1, 1, 0, 1, ShardSearchFailure.EMPTY_ARRAY, SearchResponse.Clusters.EMPTY);
        }
    }

    private final List<Sent> sent = new ArrayList<>();
    private NoOpClient client;

    @Before
    public void createClient() {
        client = new NoOpClient(getTestName()) {
            @Override
            @SuppressWarnings("unchecked")
            protected <Request extends ActionRequest, Response extends ActionResponse> void doExecute(
                    ActionType<Response> action, Request request, ActionListener<Response> listener) {
                sent.add(new Sent((MultiSearchRequest) request, (ActionListener<MultiSearchResponse>) listener));
            }
        };
    }

    @After
    public void closeClient() {
        client.close();
    }

    private PlainActionFuture<Void> ask(int questions) {
        QueryTemplate query = new QueryTemplate(Map.of("match", Map.of("text", "{{query_text}}")));
        SearchSpec spec = new SearchSpec(10, List.of(query), null, false);
        List<Asked> all = IntStream.range(0, questions)
                .mapToObj(i -> new Asked(new Question("q" + i, "de", "text"), List.of("de"), hits -> {}))
                .toList();
        PlainActionFuture<Void> answer = PlainActionFuture.newFuture();
        new QuestionSearches(client, "passages", "copy", spec, List.of("de"), () -> {}).ask(all, answer);
        return answer;
    }

    /** 300 searches are 4 requests of 64 and one of 44, two at a time. */
    public void testTwoRequestsAtATime() {
        PlainActionFuture<Void> answer = ask(300);
        for (int answered = 0; answered < 5; answered++) {
            assertThat(sent.size(), equalTo(Math.min(5, answered + 2)));
            assertFalse(answer.isDone());
            sent.get(answered).empty();
        }
        answer.actionGet();
        assertThat(
                sent.stream().map(one -> one.request.requests().size()).toList(), equalTo(List.of(64, 64, 64, 64, 44)));
    }

    public void testAfterAFailureNothingMoreIsAsked() {
        PlainActionFuture<Void> answer = ask(300);
        sent.get(0).answer.onFailure(new IllegalStateException("refused"));
        sent.get(1).empty();
        assertThat(sent.size(), equalTo(2));
        assertThat(expectThrows(IllegalStateException.class, answer::actionGet).getMessage(), equalTo("refused"));
    }
}
