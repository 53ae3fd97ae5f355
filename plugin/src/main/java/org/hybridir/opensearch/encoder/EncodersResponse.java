package org.hybridir.opensearch.encoder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.opensearch.action.FailedNodeException;
import org.opensearch.action.support.nodes.BaseNodesResponse;
import org.opensearch.cluster.ClusterName;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;

/**
 * The encoders of all nodes. A node's content maps the encoder's name to its description; the JSON turns that round: for
 * each encoder the nodes that have it, and the nodes that lack it.
 */
public final class EncodersResponse extends BaseNodesResponse<NodeReport> implements ToXContentFragment {
    public EncodersResponse(ClusterName name, List<NodeReport> nodes, List<FailedNodeException> failures) {
        super(name, nodes, failures);
    }

    public EncodersResponse(StreamInput in) throws IOException {
        super(in);
    }

    @Override
    protected List<NodeReport> readNodesFrom(StreamInput in) throws IOException {
        return in.readList(NodeReport::new);
    }

    @Override
    protected void writeNodesTo(StreamOutput out, List<NodeReport> nodes) throws IOException {
        out.writeList(nodes);
    }

    /** Encoder to node's id to description, which has the node's name too: nodes may share a name. */
    public Map<String, Map<String, Object>> byEncoder() {
        Map<String, Map<String, Object>> encoders = new TreeMap<>();
        for (NodeReport node : getNodes()) {
            node.content().forEach((encoder, description) -> encoders.computeIfAbsent(encoder, e -> new TreeMap<>())
                    .put(node.getNode().getId(), withNode(description, node)));
        }
        return encoders;
    }

    private static Map<String, Object> withNode(Object description, NodeReport node) {
        Map<String, Object> named = new TreeMap<>();
        named.put("node", node.getNode().getName());
        ((Map<?, ?>) description).forEach((key, value) -> named.put((String) key, value));
        return named;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        Map<String, Object> encoders = new LinkedHashMap<>();
        byEncoder()
                .forEach((encoder, nodes) ->
                        encoders.put(encoder, Map.of("nodes", nodes, "missing_on", lacking(nodes))));
        return builder.field("encoders", encoders);
    }

    /** Names of nodes. */
    private List<String> lacking(Map<String, Object> having) {
        List<String> lacking = new ArrayList<>();
        for (NodeReport node : getNodes()) {
            if (!having.containsKey(node.getNode().getId())) {
                lacking.add(node.getNode().getName());
            }
        }
        lacking.sort(null);
        return lacking;
    }
}
