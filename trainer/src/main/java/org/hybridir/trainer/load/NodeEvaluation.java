package org.hybridir.trainer.load;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.hybridir.measure.Report;

/**
 * An evaluation by the node, over indices.
 *
 * @param took milliseconds from the request to the report
 * @param phases milliseconds by phase
 * @param report the same as that of an evaluation over arrays
 */
public record NodeEvaluation(long took, Map<String, Long> phases, Report report) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long LOOK_EVERY_MILLIS = 1_000;

    /**
     * Asks for an evaluation and waits for it.
     *
     * @param request the body of {@code POST _hybrid_ir/_evaluate}
     * @param encoded is told, about once a second, how many questions the nodes have encoded since the request
     */
    public static NodeEvaluation run(SearchServer server, Map<String, ?> request, LongConsumer encoded)
            throws LoadException {
        long before = encodedQueries(server);
        CompletableFuture<JsonNode> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return server.post("/_hybrid_ir/_evaluate", request);
            } catch (LoadException e) {
                throw new CompletionException(e);
            }
        });
        while (true) {
            try {
                return of(answer.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                encoded.accept(encodedQueries(server) - before);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof LoadException load
                        ? load
                        : new LoadException(e.getCause().toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LoadException("interrupted while the node evaluated");
            }
        }
    }

    /** The answer to {@code POST _hybrid_ir/_evaluate}. */
    public static NodeEvaluation of(JsonNode answer) {
        Map<String, Long> phases =
                JSON.convertValue(answer.path("phases_ms"), new TypeReference<Map<String, Long>>() {});
        Map<String, Object> report =
                JSON.convertValue(answer.path("report"), new TypeReference<Map<String, Object>>() {});
        return new NodeEvaluation(answer.path("took").asLong(), phases, Report.fromMap(report));
    }

    private static long encodedQueries(SearchServer server) throws LoadException {
        return server.get("/_hybrid_ir/stats").findValues("queries").stream()
                .mapToLong(JsonNode::asLong)
                .sum();
    }
}
