package org.hybridir.opensearch.result;

import java.util.List;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

/**
 * {@code GET _hybrid_ir/_evaluate?from=0&size=20}: the evaluations that are kept, the newest first, without their results.
 *
 * <pre>{@code
 * {"total": 2,
 *  "evaluations": [{"id": "...", "state": "running", "request": {...}, "started": "2026-03-01T12:00:00.000Z",
 *                   "node": "node-1", "process": "...", "task": "oTUltX4IQMOUUVeiohTt8A:123"},
 *                  {"id": "...", "state": "completed", ..., "ended": "2026-03-01T11:00:00.000Z"}]}
 * }</pre>
 *
 * A state is {@code running}, {@code completed}, {@code failed} or {@code cancelled}; the last two have an {@code error}.
 */
public final class RestListEvaluationsAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "hybrid_ir_list_evaluations";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/_hybrid_ir/_evaluate"),
                new Route(Method.GET, "/_plugins/_hybrid_ir/_evaluate"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        ListEvaluationsRequest asked = new ListEvaluationsRequest(
                request.paramAsInt("from", 0), request.paramAsInt("size", ListEvaluationsRequest.DEFAULT_SIZE));
        return channel -> client.execute(ListEvaluationsAction.INSTANCE, asked, new RestToXContentListener<>(channel));
    }
}
