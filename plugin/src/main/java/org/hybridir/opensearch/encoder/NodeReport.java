package org.hybridir.opensearch.encoder;

import java.io.IOException;
import java.util.Map;
import org.opensearch.action.support.nodes.BaseNodeResponse;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

/** What one node answers: plain maps, lists, strings, numbers and booleans. */
public final class NodeReport extends BaseNodeResponse {
    private final Map<String, Object> content;

    public NodeReport(DiscoveryNode node, Map<String, Object> content) {
        super(node);
        this.content = content;
    }

    public NodeReport(StreamInput in) throws IOException {
        super(in);
        content = in.readMap();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeMap(content);
    }

    public Map<String, Object> content() {
        return content;
    }
}
