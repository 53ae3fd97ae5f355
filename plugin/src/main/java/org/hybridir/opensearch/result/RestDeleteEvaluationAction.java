package org.hybridir.opensearch.result;

import java.util.List;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

/** {@code DELETE _hybrid_ir/_evaluate/{id}}; answers {@code {"acknowledged": true}}. One that runs is refused with 409. */
public final class RestDeleteEvaluationAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "hybrid_ir_delete_evaluation";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(Method.DELETE, "/_hybrid_ir/_evaluate/{id}"),
                new Route(Method.DELETE, "/_plugins/_hybrid_ir/_evaluate/{id}"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        EvaluationIdRequest asked = new EvaluationIdRequest(request.param("id"));
        return channel -> client.execute(DeleteEvaluationAction.INSTANCE, asked, new RestToXContentListener<>(channel));
    }
}
