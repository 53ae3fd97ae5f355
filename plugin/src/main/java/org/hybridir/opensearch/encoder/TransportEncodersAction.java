package org.hybridir.opensearch.encoder;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.FailedNodeException;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.action.support.nodes.TransportNodesAction;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

/** Gathers the encoders of all nodes. */
public final class TransportEncodersAction
        extends TransportNodesAction<EncodersRequest, EncodersResponse, EncodersRequest.OfNode, NodeReport> {
    private static final Logger LOG = LogManager.getLogger(TransportEncodersAction.class);

    private final NodeEncoders encoders;

    @Inject
    public TransportEncodersAction(
            ThreadPool threadPool,
            ClusterService clusterService,
            TransportService transportService,
            ActionFilters actionFilters,
            NodeEncoders encoders) {
        super(
                EncodersAction.NAME,
                threadPool,
                clusterService,
                transportService,
                actionFilters,
                EncodersRequest::new,
                EncodersRequest.OfNode::new,
                ThreadPool.Names.GENERIC,
                NodeReport.class);
        this.encoders = encoders;
    }

    @Override
    protected EncodersResponse newResponse(
            EncodersRequest request, List<NodeReport> nodes, List<FailedNodeException> failures) {
        return new EncodersResponse(clusterService.getClusterName(), nodes, failures);
    }

    @Override
    protected EncodersRequest.OfNode newNodeRequest(EncodersRequest request) {
        return new EncodersRequest.OfNode(request);
    }

    @Override
    protected NodeReport newNodeResponse(StreamInput in) throws java.io.IOException {
        return new NodeReport(in);
    }

    /** Runs on a generic thread, which may wait while an encoder is opened. */
    @Override
    protected NodeReport nodeOperation(EncodersRequest.OfNode request) {
        Map<String, Object> descriptions = new TreeMap<>();
        Set<String> names = encoders.names();
        if (request.name() != null) {
            names.retainAll(Set.of(request.name()));
        }
        for (String name : names) {
            if (request.open()) {
                open(name);
            }
            descriptions.put(name, encoders.describe(name));
        }
        return new NodeReport(clusterService.localNode(), descriptions);
    }

    /** A failure is remembered by the encoder's state, and its description tells it. */
    private void open(String name) {
        PlainActionFuture<Map<String, Object>> opened = PlainActionFuture.newFuture();
        encoders.open(name, opened);
        try {
            opened.actionGet();
        } catch (RuntimeException e) {
            LOG.debug("encoder [{}] was asked to open", name, e);
        }
    }
}
