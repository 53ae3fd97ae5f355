package org.hybridir.opensearch.encoder;

import java.io.IOException;
import org.opensearch.action.support.nodes.BaseNodesRequest;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.transport.TransportRequest;

/** Asks all nodes for their counters. */
public final class StatsRequest extends BaseNodesRequest<StatsRequest> {
    public StatsRequest() {
        super(new String[0]);
    }

    public StatsRequest(StreamInput in) throws IOException {
        super(in);
    }

    /** The same question, to one node. */
    public static final class OfNode extends TransportRequest {
        OfNode() {}

        public OfNode(StreamInput in) throws IOException {
            super(in);
        }
    }
}
