package org.hybridir.opensearch.result;

import java.util.List;
import java.util.Set;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.transport.client.node.NodeClient;

/**
 * {@code GET _hybrid_ir/_evaluate/{id}}: an evaluation that is kept. While it runs, {@code status} tells how far it is; when
 * it is completed, {@code result} is what {@code POST _hybrid_ir/_evaluate} answers. With {@code ?per_question=true}, it has
 * each question's own values, whether the evaluation was asked for them or not.
 *
 * <pre>{@code
 * {"id": "...", "state": "completed", "request": {"index": "xquad-r", ...},
 *  "started": "2026-03-01T12:00:00.000Z", "ended": "2026-03-01T12:08:11.000Z",
 *  "node": "node-1", "process": "...", "task": "oTUltX4IQMOUUVeiohTt8A:123",
 *  "result": {"took": 491000, ..., "report": {...}}}
 * }</pre>
 *
 * {@code ?format=} shows the result of a completed one as one of {@link ResultFormat}.
 */
public final class RestGetEvaluationAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "hybrid_ir_get_evaluation";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/_hybrid_ir/_evaluate/{id}"),
                new Route(Method.GET, "/_plugins/_hybrid_ir/_evaluate/{id}"));
    }

    @Override
    protected Set<String> responseParams() {
        return Set.of(GetEvaluationResponse.PER_QUESTION);
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        EvaluationIdRequest asked = new EvaluationIdRequest(request.param("id"));
        ResultFormat format = ResultFormat.of(request);
        return channel -> client.execute(
                GetEvaluationAction.INSTANCE,
                asked,
                format.listener(channel, (GetEvaluationResponse response) -> response.evaluation()
                        .requireResult("shown as [" + format.key() + "]")));
    }
}
