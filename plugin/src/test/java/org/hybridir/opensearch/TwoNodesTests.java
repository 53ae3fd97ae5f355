package org.hybridir.opensearch;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hybridir.encoder.TextRole;
import org.hybridir.opensearch.encoder.EncodeAction;
import org.hybridir.opensearch.encoder.EncodeRequest;
import org.hybridir.opensearch.encoder.EncodersAction;
import org.hybridir.opensearch.encoder.EncodersRequest;
import org.hybridir.opensearch.encoder.EncodersResponse;
import org.hybridir.opensearch.encoder.HashEncoder;
import org.hybridir.opensearch.encoder.HashEncodersPlugin;
import org.hybridir.opensearch.encoder.StatsAction;
import org.hybridir.opensearch.encoder.StatsRequest;
import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.bulk.BulkResponse;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchIntegTestCase;
import org.opensearch.transport.client.Client;

/** Two nodes, of which the second lacks one encoder. */
@OpenSearchIntegTestCase.ClusterScope(scope = OpenSearchIntegTestCase.Scope.TEST, numDataNodes = 0)
public class TwoNodesTests extends OpenSearchIntegTestCase {
    private final Path configs = createTempDir();
    private String first;
    private String second;

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(HashEncodersPlugin.class);
    }

    @Override
    protected Path nodeConfigPath(int ordinal) {
        Path config = HashEncoder.addTo(configs.resolve("node-" + ordinal), "everywhere", 4);
        return ordinal == 0 ? HashEncoder.addTo(config, "first-only", 4) : config;
    }

    private void startTwoNodes() {
        first = internalCluster().startNode();
        second = internalCluster().startNode();
        ensureStableCluster(2);
    }

    public void testWhichNodeLacksWhat() {
        startTwoNodes();
        EncodersResponse response = client().execute(EncodersAction.INSTANCE, new EncodersRequest(null, false))
                .actionGet();
        assertFalse(response.hasFailures());
        Map<String, Map<String, Object>> encoders = response.byEncoder();
        assertThat(encoders.keySet().toString(), equalTo("[everywhere, first-only]"));
        assertThat(encoders.get("everywhere").size(), equalTo(2));
        assertThat(encoders.get("first-only").size(), equalTo(1));
        assertThat(only(encoders.get("first-only")).get("node"), equalTo(first));

        EncodersResponse opened = client().execute(EncodersAction.INSTANCE, new EncodersRequest("first-only", true))
                .actionGet();
        Map<?, ?> description = only(opened.byEncoder().get("first-only"));
        assertThat(description.get("node"), equalTo(first));
        assertThat(description.get("state"), equalTo("open"));
        assertThat(description.get("dimension"), equalTo(4));
        assertThat(
                client().execute(StatsAction.INSTANCE, new StatsRequest())
                        .actionGet()
                        .getNodes(),
                hasSize(2));
    }

    private static Map<?, ?> only(Map<String, Object> nodes) {
        return (Map<?, ?>) nodes.values().iterator().next();
    }

    public void testEncodersAreOpenedWhenTheNodeStarts() throws Exception {
        startTwoNodes();
        assertBusy(() -> {
            EncodersResponse response = client().execute(EncodersAction.INSTANCE, new EncodersRequest(null, false))
                    .actionGet();
            response.byEncoder().values().forEach(nodes -> nodes.values()
                    .forEach(node -> assertThat(((Map<?, ?>) node).get("state"), equalTo("open"))));
        });
    }

    public void testEncodeRunsOnTheNodeAsked() {
        startTwoNodes();
        EncodeRequest request = new EncodeRequest("first-only", List.of("a"), TextRole.QUERY);
        assertThat(
                client(first)
                        .execute(EncodeAction.INSTANCE, request)
                        .actionGet()
                        .encodings(),
                hasSize(1));
        IllegalArgumentException e = expectThrows(
                IllegalArgumentException.class,
                () -> client(second).execute(EncodeAction.INSTANCE, request).actionGet());
        assertThat(e.getMessage(), containsString("unknown encoder [first-only], known ones [everywhere]"));
        assertThat(e.getMessage(), containsString("of node [" + second + "]"));
    }

    public void testIngestOnTheNodeThatLacksTheEncoder() {
        startTwoNodes();
        client(first)
                .admin()
                .cluster()
                .preparePutPipeline(
                        "p",
                        new BytesArray("{\"processors\":[{\"hybrid_ir\":{\"encoder\":\"first-only\","
                                + "\"field_map\":{\"text\":\"embedding\"}}}]}"),
                        MediaTypeRegistry.JSON)
                .get();
        createIndex("books");
        BulkResponse done = bulk(client(first));
        assertThat(errors(done), equalTo(List.of()));
        Map<String, Object> source =
                client().prepareGet("books", done.getItems()[0].getId()).get().getSourceAsMap();
        assertThat((List<?>) source.get("embedding"), hasSize(4));
        List<String> errors = errors(bulk(client(second)));
        assertThat(errors, hasSize(20));
        assertThat(errors.get(0), containsString("unknown encoder [first-only], known ones [everywhere]"));
    }

    private static BulkResponse bulk(Client client) {
        BulkRequest bulk = new BulkRequest();
        for (int i = 0; i < 20; i++) {
            bulk.add(new IndexRequest("books")
                    .setPipeline("p")
                    .source("{\"text\":\"text " + i + "\"}", XContentType.JSON));
        }
        return client.bulk(bulk).actionGet();
    }

    private static List<String> errors(BulkResponse response) {
        return Arrays.stream(response.getItems())
                .filter(BulkItemResponse::isFailed)
                .map(BulkItemResponse::getFailureMessage)
                .toList();
    }
}
