package org.hybridir.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.hybridir.collection.Passage;
import org.hybridir.collection.Question;
import org.hybridir.collection.TestCollection;
import org.hybridir.trainer.load.CollectionLoader;
import org.hybridir.trainer.load.LoadException;
import org.hybridir.trainer.load.LoadTarget;
import org.hybridir.trainer.load.NodeEvaluation;
import org.hybridir.trainer.load.SearchServer;
import org.hybridir.trainer.node.LocalNode;
import org.hybridir.trainer.node.NodeSettings;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;

/** A cluster of three real nodes on loopback, and a fourth that lacks the encoder. */
public class ThreeNodesIT {
    private static final LoadTarget TARGET = new LoadTarget("spread", RealNode.TINY, 3);
    private static final List<LocalNode> NODES = new ArrayList<>();
    private static final List<SearchServer> SERVERS = new ArrayList<>();

    @BeforeClass
    public static void start() throws Exception {
        // One after the other: three that start at once on two cores outlast every limit.
        for (NodeSettings settings : NodeSettings.cluster("three", 3, Map.of(RealNode.TINY, RealNode.tiny()))) {
            NODES.add(LocalNode.launch(RealNode.installation(), settings));
            Thread.sleep(5_000);
        }
        for (LocalNode node : NODES) {
            node.awaitStarted();
            SERVERS.add(SearchServer.at(node.url()));
        }
    }

    @AfterClass
    public static void stop() throws Exception {
        for (SearchServer server : SERVERS) {
            server.close();
        }
        NODES.forEach(LocalNode::close);
    }

    @Test
    public void ingestQueryAndEvaluateWorkOnAllNodesAndANodeWithoutEncoderIsNamed() throws Exception {
        TestCollection collection = collection();
        CollectionLoader loader = new CollectionLoader(SERVERS.get(0), TARGET);
        loader.prepare(collection.languages(), false);
        loader.load(collection, written -> {});
        assertEquals(3, nodesWithShards().size());
        for (SearchServer server : SERVERS) {
            search(server);
            NodeEvaluation evaluation = NodeEvaluation.run(server, Map.of("index", TARGET.index()), encoded -> {});
            assertEquals(collection.passages().size(), evaluation.report().passageCount());
            assertEquals(collection.questions().size(), evaluation.report().questionCount());
        }
        aNodeWithoutEncoder();
    }

    private static void search(SearchServer server) throws Exception {
        JsonNode hits = server.post(
                        "/spread/_search",
                        Map.of(
                                "query",
                                Map.of("hybrid_ir", Map.of("embedding", Map.of("query_text", "word 7", "k", 3)))))
                .path("hits")
                .path("hits");
        assertTrue(hits.toString(), hits.size() >= 3);
        assertEquals("word 7", hits.path(0).path("_source").path("text").asText());
    }

    private static void aNodeWithoutEncoder() throws Exception {
        NodeSettings settings = NODES.get(0).settings().joining("bare", Map.of());
        try (LocalNode bare =
                        LocalNode.launch(RealNode.installation(), settings).awaitStarted();
                SearchServer server = SearchServer.at(bare.url())) {
            Map<String, Object> query =
                    Map.of("query", Map.of("hybrid_ir", Map.of("embedding", Map.of("query_text", "x", "k", 3))));
            refused(() -> server.post("/spread/_search", query), "tiny", "bare");
            refused(() -> server.post("/_hybrid_ir/_evaluate", Map.of("index", "spread")), "tiny", "bare");
            refused(
                    () -> server.post(
                            "/_hybrid_ir/_encode", Map.of("encoder", "tiny", "texts", List.of("x"), "role", "query")),
                    "tiny",
                    "bare");
            refused(() -> new CollectionLoader(server, TARGET).prepare(List.of("en"), true), "tiny", "bare");
            JsonNode missing = SERVERS.get(0)
                    .get("/_hybrid_ir/encoders/tiny")
                    .path("encoders")
                    .path("tiny")
                    .path("missing_on");
            assertEquals("[\"bare\"]", missing.toString());
        }
    }

    private static void refused(ThrowingRunnable call, String encoder, String node) {
        LoadException refused = assertThrows(LoadException.class, call);
        assertTrue(refused.getMessage(), refused.getMessage().contains("[" + encoder + "]"));
        assertTrue(
                refused.getMessage(),
                refused.getMessage().contains("[" + node + "]")
                        || refused.getMessage().contains("\"" + node + "\""));
    }

    private static Set<String> nodesWithShards() throws Exception {
        Set<String> nodes = new HashSet<>();
        SERVERS.get(0)
                .get("/_cluster/state/routing_table")
                .findValues("node")
                .forEach(node -> nodes.add(node.asText()));
        return nodes;
    }

    private static TestCollection collection() {
        List<Passage> passages = IntStream.range(0, 60)
                .mapToObj(
                        i -> new Passage("p" + i, i % 2 == 0 ? "de" : "en", "title", "word " + i, List.of("q" + i / 2)))
                .toList();
        List<Question> questions = IntStream.range(0, 60)
                .mapToObj(i -> new Question("q" + i / 2, i % 2 == 0 ? "de" : "en", "word " + i))
                .toList();
        return new TestCollection("spread", List.of("de", "en"), questions, passages);
    }
}
