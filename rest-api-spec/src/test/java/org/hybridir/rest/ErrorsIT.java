package org.hybridir.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hybridir.encoder.TinyArtifacts;
import org.hybridir.trainer.load.CollectionLoader;
import org.hybridir.trainer.load.LoadException;
import org.hybridir.trainer.load.LoadTarget;
import org.hybridir.trainer.load.SearchServer;
import org.hybridir.trainer.node.Installation;
import org.hybridir.trainer.node.LocalNode;
import org.hybridir.trainer.node.NodeException;
import org.hybridir.trainer.node.NodeSettings;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;

/** What goes wrong says so, and never ends the node: each test leaves it alive and answering. */
public class ErrorsIT {
    private static final String BROKEN = "broken";
    private static final String INDEX = "errors";

    private static LocalNode node;
    private static SearchServer server;

    @BeforeClass
    public static void start() throws Exception {
        Map<String, Path> encoders = Map.of(RealNode.TINY, RealNode.tiny(), BROKEN, broken());
        node = LocalNode.start(RealNode.installation(), NodeSettings.single("errors", encoders));
        server = SearchServer.at(node.url());
    }

    /** An encoder of which one byte of the weights was changed. */
    private static Path broken() throws IOException {
        Path folder = TinyArtifacts.bert(RealNode.installation().work(), BROKEN);
        try (RandomAccessFile weights =
                new RandomAccessFile(folder.resolve("model.safetensors").toFile(), "rw")) {
            weights.seek(weights.length() - 1);
            int last = weights.read();
            weights.seek(weights.length() - 1);
            weights.write(last ^ 1);
        }
        return folder;
    }

    @AfterClass
    public static void stop() throws Exception {
        server.close();
        node.close();
    }

    @Before
    public void makeIndex() throws Exception {
        server.put("/_ingest/pipeline/errors", pipeline(RealNode.TINY));
        server.put("/" + INDEX, index(vectors(TinyArtifacts.DIMENSION, "lucene"), true));
    }

    @After
    public void nodeIsAliveAndCleanUp() throws Exception {
        assertTrue("the node's process ended", node.alive());
        index("after", Map.of("text", "still here", "language", "en", "question_ids", List.of()));
        for (String index : List.of(INDEX, "other", INDEX + "-questions")) {
            if (server.has("/" + index)) {
                server.delete("/" + index);
            }
        }
    }

    @Test
    public void aNumberIsNoText() {
        refused(400, () -> index("1", Map.of("text", 7)), "text field [text] is the number [7], not a string");
    }

    @Test
    public void nullEmptyAndMissingTextNameTheRemedy() {
        String remedy = "to index such documents without a vector, set [ignore_missing] to [true]";
        Map<String, Object> document = new HashMap<>();
        refused(400, () -> index("1", document), "text field [text] is missing; " + remedy);
        document.put("text", null);
        refused(400, () -> index("1", document), "text field [text] is null; " + remedy);
        document.put("text", " ");
        refused(400, () -> index("1", document), "text field [text] is empty; " + remedy);
    }

    @Test
    public void aBadDocumentFailsAlone() throws Exception {
        String bulk = """
                {"index": {"_index": "errors", "_id": "good"}}
                {"text": "good"}
                {"index": {"_index": "errors", "_id": "bad"}}
                {"text": 7}
                {"index": {"_index": "errors", "_id": "also-good"}}
                {"text": "also good"}
                """;
        String answer = raw("/_bulk?refresh=true", bulk, 200);
        assertTrue(answer, answer.contains("text field [text] is the number [7], not a string"));
        assertTrue(server.has("/errors/_doc/good"));
        assertFalse(server.has("/errors/_doc/bad"));
        assertTrue(server.has("/errors/_doc/also-good"));
    }

    @Test
    public void aMegabyteOfTextIsCutAndCounted() throws Exception {
        long before = truncated();
        String megabyte = "word ".repeat(210_000);
        index("1", Map.of("text", megabyte));
        JsonNode encoding = server.post(
                        "/_hybrid_ir/_encode",
                        Map.of("encoder", RealNode.TINY, "texts", List.of(megabyte), "role", "passage"))
                .path("encodings")
                .path(0);
        assertTrue(encoding.path("truncated").asBoolean());
        assertEquals(before + 2, truncated());
    }

    @Test
    public void theDimensionOfAnotherEncoderIsNamed() throws Exception {
        server.put("/other", index(vectors(16, "lucene"), true));
        String message = "encoder [tiny] makes vectors of dimension [32], but field [embedding] of index [other] is"
                + " mapped with dimension [16]";
        refused(400, () -> server.put("/other/_doc/1", Map.of("text", "x")), message);
        refused(400, () -> search("other", "tiny"), message);
    }

    @Test
    public void aFieldOfANativeEngineIsExplainedAndTheNodeLives() throws Exception {
        for (String engine : Arrays.asList("faiss", null)) {
            server.put("/other", index(vectors(TinyArtifacts.DIMENSION, engine), true));
            String message = "field [embedding] of index [other] is for the k-NN engine [faiss], which runs in a native"
                    + " library";
            refused(400, () -> server.put("/other/_doc/1", Map.of("text", "x")), message);
            refused(400, () -> search("other", "tiny"), message);
            server.delete("/other");
        }
    }

    @Test
    public void unknownEncodersAreNamedWithTheKnownOnes() throws Exception {
        makeQuestions();
        String message = "unknown encoder [nope], known ones [broken, tiny]";
        refused(400, () -> server.put("/_ingest/pipeline/nope", pipeline("nope")), message);
        refused(400, () -> search(INDEX, "nope"), message);
        refused(400, () -> encode("nope"), message);
        refused(400, () -> server.post("/_hybrid_ir/_evaluate", Map.of("index", INDEX, "encoder", "nope")), message);
    }

    @Test
    public void aChangedByteIsFound() {
        LoadException refused = assertThrows(LoadException.class, () -> encode(BROKEN));
        assertTrue(refused.getMessage(), refused.getMessage().contains("model.safetensors"));
        LoadException load =
                assertThrows(LoadException.class, () -> new CollectionLoader(server, new LoadTarget("never", BROKEN, 1))
                        .prepare(List.of("en"), true));
        assertTrue(load.getMessage(), load.getMessage().contains("encoder [broken] does not open on node [errors]"));
    }

    @Test
    public void malformedJsonIsABadRequest() throws Exception {
        for (String path : List.of("/_hybrid_ir/_encode", "/_hybrid_ir/_evaluate", "/errors/_search")) {
            String answer = raw(path, "{\"encoder\": ", 400);
            assertTrue(answer, answer.contains("error"));
        }
    }

    @Test
    public void anIndexWithoutVectorsCannotBeEvaluated() throws Exception {
        server.put("/other", index(Map.of("type", "keyword"), false));
        refused(400, () -> evaluate("other"), "field [embedding] of index [other] is of type [keyword]");
        makeQuestions();
        refused(400, () -> evaluate(INDEX), "index [errors] has no passage with both a vector in [embedding]");
    }

    @Test
    public void anIndexWithoutLanguagesCannotBeEvaluated() throws Exception {
        server.put(
                "/other",
                Map.of(
                        "settings",
                        Map.of("index.knn", true),
                        "mappings",
                        Map.of("properties", Map.of("embedding", vectors(TinyArtifacts.DIMENSION, "lucene")))));
        refused(400, () -> evaluate("other"), "[language]");
    }

    @Test
    public void anUnknownLanguageIsNamedWithTheKnownOnes() throws Exception {
        index("1", Map.of("text", "a word", "language", "en", "question_ids", List.of("q")));
        makeQuestions();
        refused(
                400,
                () -> server.post(
                        "/_hybrid_ir/_evaluate",
                        Map.of("index", INDEX, "encoder", RealNode.TINY, "languages", List.of("xx"))),
                "unknown language [xx], the index has [en]");
    }

    @Test
    public void aNodeWithoutKnnSaysSo() throws Exception {
        try (Installation bare = RealNode.install(RealNode.plugin());
                LocalNode alone =
                        LocalNode.start(bare, NodeSettings.single("bare", Map.of(RealNode.TINY, RealNode.tiny())));
                SearchServer there = SearchServer.at(alone.url())) {
            there.put("/other", Map.of("mappings", Map.of("properties", Map.of("text", Map.of("type", "text")))));
            refused(
                    400,
                    () -> there.post(
                            "/other/_search",
                            Map.of(
                                    "query",
                                    Map.of(
                                            "hybrid_ir",
                                            Map.of(
                                                    "embedding",
                                                    Map.of("query_text", "x", "encoder", RealNode.TINY, "k", 1))))),
                    "k-NN plugin");
            LoadException refused = assertThrows(
                    LoadException.class, () -> new CollectionLoader(there, new LoadTarget("other", RealNode.TINY, 1))
                            .prepare(List.of("en"), true));
            assertTrue(
                    refused.getMessage(),
                    refused.getMessage().startsWith("the plugin [opensearch-knn] is not installed on node [bare]"));
            assertTrue(alone.alive());
        }
    }

    @Test
    public void nobodyListeningIsOneLine() throws Exception {
        int free = NodeSettings.single("free", Map.of()).httpPort();
        URI url = URI.create("http://127.0.0.1:" + free);
        try (SearchServer nobody = SearchServer.at(url)) {
            LoadException refused = assertThrows(
                    LoadException.class, () -> new CollectionLoader(nobody, new LoadTarget("x", RealNode.TINY, 1))
                            .prepare(List.of("en"), true));
            assertEquals(
                    "nothing answers at [" + url + "]: start OpenSearch there, or give another --url",
                    refused.getMessage());
        }
    }

    @Test
    public void aTakenPortIsNamed() throws Exception {
        NodeSettings settings = NodeSettings.single("second", Map.of())
                .withHttpPort(node.settings().httpPort());
        NodeException failed =
                assertThrows(NodeException.class, () -> LocalNode.start(RealNode.installation(), settings));
        assertTrue(
                failed.getMessage(),
                failed.getMessage().startsWith("port [" + node.settings().httpPort() + "] of 127.0.0.1 is taken"));
    }

    @Test
    public void aPluginThatIsNoneShowsWhatWasSaid() throws Exception {
        Path none = Files.write(RealNode.installation().work().resolve("none.zip"), new byte[] {1});
        NodeException failed = assertThrows(NodeException.class, () -> RealNode.install(none));
        assertTrue(failed.getMessage(), failed.getMessage().startsWith("opensearch-plugin refuses [" + none + "]:"));
    }

    private static void refused(int status, ThrowingRunnable call, String message) {
        LoadException refused = assertThrows(LoadException.class, call);
        assertTrue(refused.getMessage(), refused.getMessage().contains(message));
        assertEquals(refused.getMessage(), status, refused.status());
    }

    private static void index(String id, Map<String, Object> document) throws Exception {
        server.put("/" + INDEX + "/_doc/" + id + "?refresh=true", document);
    }

    private static void makeQuestions() throws Exception {
        Map<String, Object> keyword = Map.of("type", "keyword");
        server.put(
                "/" + INDEX + "-questions",
                Map.of("mappings", Map.of("properties", Map.of("question_id", keyword, "language", keyword))));
    }

    private static void search(String index, String encoder) throws Exception {
        Map<String, Object> field = Map.of("query_text", "x", "encoder", encoder, "k", 1);
        server.post("/" + index + "/_search", Map.of("query", Map.of("hybrid_ir", Map.of("embedding", field))));
    }

    private static void encode(String encoder) throws Exception {
        server.post("/_hybrid_ir/_encode", Map.of("encoder", encoder, "texts", List.of("x"), "role", "query"));
    }

    private static void evaluate(String index) throws Exception {
        server.post("/_hybrid_ir/_evaluate", Map.of("index", index, "encoder", RealNode.TINY));
    }

    private static long truncated() throws Exception {
        JsonNode node = server.get("/_hybrid_ir/stats").path("nodes").iterator().next();
        return node.path("encoders").path(RealNode.TINY).path("truncated_texts").asLong();
    }

    private static Map<String, Object> pipeline(String encoder) {
        return Map.of(
                "processors",
                List.of(Map.of("hybrid_ir", Map.of("encoder", encoder, "field_map", Map.of("text", "embedding")))));
    }

    private static Map<String, Object> vectors(int dimension, String engine) {
        Map<String, Object> field = new HashMap<>(Map.of("type", "knn_vector", "dimension", dimension));
        if (engine != null) {
            field.put("method", Map.of("name", "hnsw", "engine", engine, "space_type", "innerproduct"));
        }
        return field;
    }

    private static Map<String, Object> index(Map<String, Object> vectors, boolean encoded) {
        Map<String, Object> settings = new HashMap<>(Map.of("index.knn", true, "index.number_of_replicas", 0));
        if (encoded) {
            settings.put("index.default_pipeline", "errors");
        }
        return Map.of(
                "settings",
                settings,
                "mappings",
                Map.of(
                        "properties",
                        Map.of(
                                "text", Map.of("type", "text"),
                                "language", Map.of("type", "keyword"),
                                "question_ids", Map.of("type", "keyword"),
                                "embedding", vectors)));
    }

    private static String raw(String path, String body, int status) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(node.url().resolve(path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(answer.body(), status, answer.statusCode());
            return answer.body();
        }
    }
}
