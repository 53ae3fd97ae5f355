package org.hybridir.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.hybridir.trainer.load.SearchServer;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** Nobody waits any more: what waits for the real encoder, which needs minutes for it, leaves its queue at once. */
public class BusyNodeIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LONG_TEXT = "Wo treffen die beiden Hauptarme des Nils zusammen? ".repeat(30);
    private static final int TEXTS = 1000;

    private static SearchServer server;

    @BeforeClass
    public static void connect() throws Exception {
        server = SearchServer.at(RealNode.shared().url());
        server.get("/_hybrid_ir/encoders/mbert?open=true");
    }

    @AfterClass
    public static void close() throws Exception {
        server.close();
    }

    /** No two are the same, which would be encoded once. */
    private static String text(int number) {
        return number + ". " + LONG_TEXT;
    }

    private static JsonNode stats() throws Exception {
        return server.get("/_hybrid_ir/stats").path("nodes").elements().next();
    }

    private static int waiting() throws Exception {
        JsonNode stats = stats();
        return stats.path("pending_requests").asInt()
                + stats.path("encoders")
                        .path("mbert")
                        .path("lanes")
                        .path("passage")
                        .path("queued_texts")
                        .asInt();
    }

    private static void await(String what, Predicate<Integer> waiting) throws Exception {
        long from = System.nanoTime();
        while (!waiting.test(waiting())) {
            assertTrue(what, System.nanoTime() - from < Duration.ofSeconds(20).toNanos());
            Thread.sleep(50);
        }
    }

    @Test
    public void aClosedConnectionWithdrawsItsTexts() throws Exception {
        long cancelled = stats().path("cancelled_requests").asLong();
        Map<String, Object> body = Map.of(
                "encoder",
                RealNode.MBERT,
                "texts",
                IntStream.range(0, TEXTS).mapToObj(BusyNodeIT::text).toList(),
                "role",
                "passage");
        HttpRequest request = HttpRequest.newBuilder(RealNode.shared().url().resolve("/_hybrid_ir/_encode"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(2))
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            assertThrows(HttpTimeoutException.class, () -> client.send(request, BodyHandlers.ofString()));
        }
        await("withdrawn", waiting -> waiting == 0);
        assertEquals(cancelled + 1, stats().path("cancelled_requests").asLong());
    }

    @Test
    public void aCancelledReindexWithdrawsItsTexts() throws Exception {
        server.put(
                "/_ingest/pipeline/busy",
                Map.of(
                        "processors",
                        List.of(Map.of(
                                "hybrid_ir",
                                Map.of("encoder", RealNode.MBERT, "field_map", Map.of("text", "embedding"))))));
        for (int i = 0; i < TEXTS; i += 100) {
            StringBuilder lines = new StringBuilder();
            for (int j = i; j < i + 100; j++) {
                lines.append("{\"index\": {\"_index\": \"busy\"}}\n");
                lines.append(JSON.writeValueAsString(Map.of("text", text(j)))).append('\n');
            }
            bulk(lines.toString());
        }
        String task = server.post(
                        "/_reindex?wait_for_completion=false",
                        Map.of("source", Map.of("index", "busy"), "dest", Map.of("index", "copy", "pipeline", "busy")))
                .path("task")
                .asText();
        await("queued", waiting -> waiting > 0);
        server.post("/_tasks/" + task + "/_cancel", Map.of());
        await("withdrawn", waiting -> waiting == 0);
        JsonNode ended = server.get("/_tasks/" + task + "?wait_for_completion=true&timeout=20s");
        assertEquals(
                ended.toString(),
                "by user request",
                ended.path("response").path("canceled").asText());
        server.delete("/busy");
    }

    private static void bulk(String lines) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(RealNode.shared().url().resolve("/_bulk?refresh=true"))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertEquals(200, client.send(request, BodyHandlers.ofString()).statusCode());
        }
    }
}
