package org.hybridir.opensearch.evaluate;

import java.util.Arrays;
import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.action.search.ClearScrollRequest;
import org.opensearch.action.search.SearchPhaseExecutionException;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.search.SearchScrollRequest;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.transport.client.Client;

/** All documents that match, page by page, as they were when the first page was read. For one reader at a time. */
final class Pages {
    /** Long enough to encode and rank a page before the next one is asked for. */
    private static final TimeValue KEEP_ALIVE = TimeValue.timeValueMinutes(30);

    private final Client client;
    private final String index;
    private final SearchRequest first;
    private String scroll;
    private long total;
    private Client closer;

    /** @param search query, size of a page, order, and what is read of each document */
    Pages(Client client, String index, SearchSourceBuilder search) {
        this.client = client;
        this.index = index;
        this.first = new SearchRequest(index)
                .scroll(KEEP_ALIVE)
                .allowPartialSearchResults(false)
                .source(search.trackTotalHits(true));
    }

    /** The next page; an empty one at the end. */
    void next(ActionListener<SearchHit[]> listener) {
        ActionListener<SearchResponse> page = naming(
                index,
                ActionListener.wrap(
                        response -> {
                            opened(response);
                            requireAllShards(response);
                            listener.onResponse(response.getHits().getHits());
                        },
                        listener::onFailure));
        if (scroll == null) {
            client.search(first, page);
        } else {
            client.searchScroll(new SearchScrollRequest(scroll).scroll(KEEP_ALIVE), page);
        }
    }

    /** How many documents match; known with the first page. */
    synchronized long total() {
        return total;
    }

    private synchronized void opened(SearchResponse response) {
        scroll = response.getScrollId();
        total = response.getHits().getTotalHits().value();
        if (closer != null) {
            clear();
        }
    }

    /** The first page comes from all shards or fails; later ones leave out shards whose node is gone, and say so. */
    private void requireAllShards(SearchResponse response) {
        if (response.getFailedShards() > 0) {
            throw new OpenSearchStatusException(
                    "index [" + index + "] could not be read to its end: [" + response.getFailedShards() + "] of ["
                            + response.getTotalShards() + "] shards failed, "
                            + Arrays.toString(response.getShardFailures()),
                    RestStatus.SERVICE_UNAVAILABLE);
        }
    }

    /** A search that fails does not always say in which index: this says it. */
    static <T> ActionListener<T> naming(String index, ActionListener<T> listener) {
        return ActionListener.delegateResponse(
                listener,
                (unnamed, failure) -> unnamed.onFailure(
                        ExceptionsHelper.unwrapCause(failure) instanceof SearchPhaseExecutionException e
                                ? new OpenSearchStatusException(
                                        "index [" + index + "] could not be read: " + e.getMessage(), status(e), e)
                                : failure));
    }

    /** A page that is gone with its node is nothing that the caller asked for in vain. */
    private static RestStatus status(SearchPhaseExecutionException e) {
        return e.status() == RestStatus.NOT_FOUND ? RestStatus.SERVICE_UNAVAILABLE : e.status();
    }

    /**
     * Frees what the node keeps for the next page, even one that is still on its way; not waited for, as it expires
     * anyway.
     *
     * @param client one that still works after a cancellation
     */
    synchronized void close(Client client) {
        if (closer == null) {
            closer = client;
            clear();
        }
    }

    private void clear() {
        if (scroll != null) {
            ClearScrollRequest request = new ClearScrollRequest();
            request.addScrollId(scroll);
            closer.clearScroll(request, ActionListener.wrap(cleared -> {}, expired -> {}));
        }
    }
}
