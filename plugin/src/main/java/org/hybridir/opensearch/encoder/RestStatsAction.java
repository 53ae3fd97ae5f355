package org.hybridir.opensearch.encoder;

import java.util.List;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.rest.action.RestActions.NodesResponseRestListener;
import org.opensearch.transport.client.node.NodeClient;

/**
 * {@code GET _hybrid_ir/stats}: for each node the self-test of its native libraries, its counters and its encoders'.
 *
 * <pre>{@code
 * {"nodes": {"aB3...": {"name": "node-1",
 *   "self_test": {"state": "passed", "engine": "PyTorch", "libtorch": "2.7.1", "djl": "0.36.0"},
 *   "query_requests": 792, "queries": 792, "passage_requests": 204, "passages": 13014, "rejected_requests": 0,
 *   "timed_out_requests": 0, "cancelled_requests": 0, "failed_requests": 0, "pending_requests": 0,
 *   "query_cache": {"limit_bytes": 33554432, "used_bytes": 2700000, "entries": 792, "hits": 10, "misses": 792, ...},
 *   "breaker": {"limit_bytes": 12101386240, "used_bytes": 752000000, "tripped": 0},
 *   "encoders": {"mbert": {"state": "open", "precision": "fp32", "threads": 2, ...}}}}}
 * }</pre>
 *
 * What an open encoder adds is said at {@link org.hybridir.encoder.Encoder#stats}.
 */
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
