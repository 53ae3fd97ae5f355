package org.hybridir.opensearch.encoder;

import static java.util.Collections.emptyList;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.cluster.ClusterName;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.cluster.node.DiscoveryNodeRole;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.test.OpenSearchTestCase;

/** The messages between nodes for listing encoders and counters. */
public class NodesMessagesTests extends OpenSearchTestCase {
    private static DiscoveryNode node(String name) {
        return node(name, "id-" + name);
    }

    private static DiscoveryNode node(String name, String id) {
        return new DiscoveryNode(
                name, id, buildNewFakeTransportAddress(), Map.of(), DiscoveryNodeRole.BUILT_IN_ROLES, Version.CURRENT);
    }

    private static NodeReport report(String node, String... encoders) {
        Map<String, Object> content = new HashMap<>();
        for (String encoder : encoders) {
            content.put(encoder, Map.of("state", "open", "dimension", 768, "languages", List.of("de", "en")));
        }
        return new NodeReport(node(node), content);
    }

    private static Map<String, Object> json(ToXContent part) throws IOException {
        XContentBuilder builder = XContentFactory.jsonBuilder().startObject();
        part.toXContent(builder, ToXContent.EMPTY_PARAMS).endObject();
        return XContentHelper.convertToMap(BytesReference.bytes(builder), false, XContentType.JSON)
                .v2();
    }

    public void testRequestsRoundTrip() throws IOException {
        String name = randomBoolean() ? null : "mbert";
        boolean open = name != null && randomBoolean();
        EncodersRequest request =
                copyWriteable(new EncodersRequest(name, open), writableRegistry(), EncodersRequest::new);
        assertThat(request.name(), equalTo(name));
        assertThat(request.open(), equalTo(open));
        EncodersRequest.OfNode ofNode =
                copyWriteable(new EncodersRequest.OfNode(request), writableRegistry(), EncodersRequest.OfNode::new);
        assertThat(ofNode.name(), equalTo(name));
        assertThat(ofNode.open(), equalTo(open));
        IllegalArgumentException e =
                expectThrows(IllegalArgumentException.class, () -> new EncodersRequest(null, true));
        assertThat(e.getMessage(), equalTo("[open] needs the name of an encoder: GET _hybrid_ir/encoders/{name}"));
    }

    public void testEncodersSayWhichNodeLacksThem() throws IOException {
        EncodersResponse response = copyWriteable(
                new EncodersResponse(
                        new ClusterName("c"),
                        List.of(report("n1", "a", "b"), report("n2", "b"), report("n3")),
                        emptyList()),
                writableRegistry(),
                EncodersResponse::new);
        Map<?, ?> encoders = (Map<?, ?>) json(response).get("encoders");
        assertThat(encoders.keySet().toString(), equalTo("[a, b]"));
        Map<?, ?> a = (Map<?, ?>) encoders.get("a");
        assertThat(a.get("missing_on"), equalTo(List.of("n2", "n3")));
        Map<?, ?> onFirst = (Map<?, ?>) ((Map<?, ?>) a.get("nodes")).get("id-n1");
        assertThat(onFirst.get("dimension"), equalTo(768));
        assertThat(onFirst.get("node"), equalTo("n1"));
        assertThat(((Map<?, ?>) encoders.get("b")).get("missing_on"), equalTo(List.of("n3")));
    }

    /** As happens when nodes are copied; only ids are unique. */
    public void testNodesOfTheSameNameAreTwo() throws IOException {
        EncodersResponse response = new EncodersResponse(
                new ClusterName("c"),
                List.of(
                        new NodeReport(node("twin", "id-1"), Map.of("a", Map.of("dimension", 768))),
                        new NodeReport(node("twin", "id-2"), Map.of("a", Map.of("dimension", 384))),
                        new NodeReport(node("twin", "id-3"), Map.of())),
                emptyList());
        Map<?, ?> a = (Map<?, ?>) ((Map<?, ?>) json(response).get("encoders")).get("a");
        assertThat(
                a.get("nodes"),
                equalTo(Map.of(
                        "id-1", Map.of("node", "twin", "dimension", 768),
                        "id-2", Map.of("node", "twin", "dimension", 384))));
        assertThat(a.get("missing_on"), equalTo(List.of("twin")));
    }

    public void testStatsRoundTrip() throws IOException {
        StatsResponse response = copyWriteable(
                new StatsResponse(
                        new ClusterName("c"),
                        List.of(new NodeReport(
                                node("n1"), Map.of("queries", 3L, "self_test", Map.of("state", "passed")))),
                        emptyList()),
                writableRegistry(),
                StatsResponse::new);
        Map<?, ?> node = (Map<?, ?>) ((Map<?, ?>) json(response).get("nodes")).get("id-n1");
        assertThat(node.get("name"), equalTo("n1"));
        assertThat(node.get("queries"), equalTo(3));
    }
}
