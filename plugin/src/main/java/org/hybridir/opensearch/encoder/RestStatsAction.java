package org.hybridir.opensearch.encoder;

import java.util.List;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.rest.action.RestActions.NodesResponseRestListener;
import org.opensearch.transport.client.node.NodeClient;

/** {@code GET _hybrid_ir/stats}: for each node the self-test of its native libraries, its counters and its encoders'. */
public final class RestStatsAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "hybrid_ir_stats";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(Method.GET, "/_hybrid_ir/stats"), new Route(Method.GET, "/_plugins/_hybrid_ir/stats"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        return channel ->
                client.execute(StatsAction.INSTANCE, new StatsRequest(), new NodesResponseRestListener<>(channel));
    }
}
