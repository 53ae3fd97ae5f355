package org.hybridir.opensearch.evaluate;

import org.opensearch.action.search.ClearScrollRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.search.SearchScrollRequest;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.transport.client.Client;

/** All documents that match, page by page, as they were when the first page was read. For one reader at a time. */
final class Pages {
    /** Long enough to encode and rank a page before the next one is asked for. */
    private static final TimeValue KEEP_ALIVE = TimeValue.timeValueMinutes(30);

    private final Client client;
    private final SearchRequest first;
    private String scroll;

    /**
     * @param order a keyword by which documents are sorted
     * @param fields what is read of each document
     */
    Pages(Client client, String index, QueryBuilder query, int size, String order, String... fields) {
        this.client = client;
        this.first = new SearchRequest(index)
                .scroll(KEEP_ALIVE)
                .allowPartialSearchResults(false)
                .source(new SearchSourceBuilder()
                        .query(query)
                        .size(size)
                        .sort(order)
                        .fetchSource(fields, null));
    }

    /** The next page; an empty one at the end. */
    void next(ActionListener<SearchHit[]> listener) {
        ActionListener<SearchResponse> page = ActionListener.wrap(
                response -> {
                    scroll = response.getScrollId();
                    listener.onResponse(response.getHits().getHits());
                },
                listener::onFailure);
        if (scroll == null) {
            client.search(first, page);
        } else {
            client.searchScroll(new SearchScrollRequest(scroll).scroll(KEEP_ALIVE), page);
        }
    }

    /**
     * Frees what the node keeps for the next page; not waited for, as it expires anyway.
     *
     * @param client one that still works after a cancellation
     */
    void close(Client client) {
        if (scroll != null) {
            ClearScrollRequest request = new ClearScrollRequest();
            request.addScrollId(scroll);
            client.clearScroll(request, ActionListener.wrap(cleared -> {}, expired -> {}));
        }
    }
}
