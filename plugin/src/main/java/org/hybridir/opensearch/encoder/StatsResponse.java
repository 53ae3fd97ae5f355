package org.hybridir.opensearch.encoder;

import java.io.IOException;
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

/** The counters of all nodes; a node's content is what {@link NodeEncoders#stats()} says. */
public final class StatsResponse extends BaseNodesResponse<NodeReport> implements ToXContentFragment {
    public StatsResponse(ClusterName name, List<NodeReport> nodes, List<FailedNodeException> failures) {
        super(name, nodes, failures);
    }

    public StatsResponse(StreamInput in) throws IOException {
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

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        Map<String, Object> nodes = new TreeMap<>();
        for (NodeReport node : getNodes()) {
            Map<String, Object> content = new TreeMap<>(node.content());
            content.put("name", node.getNode().getName());
            nodes.put(node.getNode().getId(), content);
        }
        return builder.field("nodes", nodes);
    }
}
