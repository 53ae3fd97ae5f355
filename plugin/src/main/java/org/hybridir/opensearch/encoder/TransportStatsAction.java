package org.hybridir.opensearch.encoder;

import java.io.IOException;
import java.util.List;
import org.opensearch.action.FailedNodeException;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.nodes.TransportNodesAction;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

/** Gathers the counters of all nodes. */
public final class TransportStatsAction
        extends TransportNodesAction<StatsRequest, StatsResponse, StatsRequest.OfNode, NodeReport> {
    private final NodeEncoders encoders;

    @Inject
    public TransportStatsAction(
            ThreadPool threadPool,
            ClusterService clusterService,
            TransportService transportService,
            ActionFilters actionFilters,
            NodeEncoders encoders) {
        super(
                StatsAction.NAME,
                threadPool,
                clusterService,
                transportService,
                actionFilters,
                StatsRequest::new,
                StatsRequest.OfNode::new,
                ThreadPool.Names.MANAGEMENT,
                NodeReport.class);
        this.encoders = encoders;
    }

    @Override
    protected StatsResponse newResponse(
            StatsRequest request, List<NodeReport> nodes, List<FailedNodeException> failures) {
        return new StatsResponse(clusterService.getClusterName(), nodes, failures);
    }

    @Override
    protected StatsRequest.OfNode newNodeRequest(StatsRequest request) {
        return new StatsRequest.OfNode();
    }

    @Override
    protected NodeReport newNodeResponse(StreamInput in) throws IOException {
        return new NodeReport(in);
    }

    @Override
    protected NodeReport nodeOperation(StatsRequest.OfNode request) {
        return new NodeReport(clusterService.localNode(), encoders.stats());
    }
}
