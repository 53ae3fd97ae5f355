package org.hybridir.trainer.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.opensearch.client.opensearch._types.ErrorCause;
import org.opensearch.client.opensearch._types.OpenSearchException;
import org.opensearch.client.opensearch.core.BulkRequest;
import org.opensearch.client.opensearch.core.BulkResponse;
import org.opensearch.client.opensearch.core.bulk.BulkResponseItem;

/** Writes documents in bulk; what the node is too busy for (429) is sent again, later and later. */
public final class BulkWriter {
    /** Large enough that the encoder sees texts of like length together, small enough that progress shows. */
    private static final int DOCUMENTS = 128;

    /** With the pauses between them about two and a half minutes. */
    private static final int ATTEMPTS = 12;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int TOO_MANY_REQUESTS = 429;

    private final SearchServer server;
    private final String index;
    private final Map<String, String> failures = new LinkedHashMap<>();

    public BulkWriter(SearchServer server, String index) {
        this.server = server;
        this.index = index;
    }

    /** What the node refused: document id to reason. */
    public Map<String, String> failures() {
        return failures;
    }

    /**
     * Writes all documents.
     *
     * @param documents by id
     * @param progress is told how many more were written
     */
    public void write(Map<String, ?> documents, IntConsumer progress) throws LoadException {
        Map<String, Object> some = new LinkedHashMap<>();
        for (Map.Entry<String, ?> document : documents.entrySet()) {
            some.put(document.getKey(), document.getValue());
            if (some.size() == DOCUMENTS) {
                writeSome(some);
                progress.accept(DOCUMENTS);
                some.clear();
            }
        }
        int rest = some.size();
        writeSome(some);
        progress.accept(rest);
    }

    private void writeSome(Map<String, Object> documents) throws LoadException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; !documents.isEmpty(); attempt++) {
            String busy = send(documents);
            if (documents.isEmpty()) {
                return;
            }
            if (attempt == ATTEMPTS) {
                throw new LoadException(
                        TOO_MANY_REQUESTS,
                        "the node stayed too busy for [" + documents.size() + "] documents of index [" + index
                                + "] after [" + ATTEMPTS + "] attempts: " + busy);
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Sends the documents, removes those that are settled, and tells why the others were not taken. */
    private String send(Map<String, Object> documents) throws LoadException {
        BulkRequest.Builder request = new BulkRequest.Builder();
        documents.forEach((id, document) -> request.operations(
                operation -> operation.index(write -> write.index(index).id(id).document(document))));
        try {
            return settle(server.client().bulk(request.build()), documents);
        } catch (OpenSearchException e) {
            if (e.status() == TOO_MANY_REQUESTS) {
                return e.getMessage();
            }
            throw new LoadException(e.status(), "index [" + index + "] takes no documents: " + e.getMessage());
        } catch (IOException e) {
            throw server.unreachable(e);
        }
    }

    private String settle(BulkResponse response, Map<String, Object> documents) {
        String busy = "";
        Iterator<String> ids = new ArrayList<>(documents.keySet()).iterator();
        for (BulkResponseItem item : response.items()) {
            // In the order sent; a failed item's own id may be missing.
            String id = ids.next();
            if (item.status() == TOO_MANY_REQUESTS) {
                busy = reason(item.error());
                continue;
            }
            documents.remove(id);
            if (item.error() != null) {
                failures.put(id, reason(item.error()));
            }
        }
        return busy;
    }

    /** The innermost cause says most. */
    private static String reason(ErrorCause error) {
        List<String> reasons = new ArrayList<>();
        for (ErrorCause cause = error; cause != null; cause = cause.causedBy()) {
            reasons.add(cause.reason() == null ? cause.type() : cause.reason());
        }
        return reasons.isEmpty() ? "no reason given" : String.join(": ", reasons);
    }

    private static void sleep(Duration pause) throws LoadException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted while the node was too busy");
        }
    }
}
