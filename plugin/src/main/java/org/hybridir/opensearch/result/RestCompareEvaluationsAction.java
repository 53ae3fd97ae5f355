package org.hybridir.opensearch.result;

import java.util.List;
import org.opensearch.core.common.Strings;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.rest.action.RestCancellableNodeClient;
import org.opensearch.transport.client.node.NodeClient;

/**
 * {@code GET _hybrid_ir/_evaluate/_compare?ids=pQ3aV5kBf0kS8sLxv2wd,rR4bW6lCg1lT9tMyw3xe&names=base,tuned&measures=AP}:
 * whether evaluations that are kept differ by more than the luck of the questions. Only {@code ids} are needed, 2 to 10 of
 * them; without {@code names} the results are called by their ids, without {@code measures} all are compared that both of a
 * pair have. Questions that only one of a pair was asked are left out, and counted.
 *
 * <pre>{@code
 * {"results": [{"name": "base", "about": "mbert on xquad-r", "questions": 13090},
 *              {"name": "tuned", "about": "mbert-hybrid on xquad-r", "questions": 13090}],
 *  "method": {"unit": "question id: ...", "interval": "...", "p": "...", "draws": 10000, ...},
 *  "pairs": [
 *    {"a": "base", "b": "tuned",
 *     "questions": {"compared": 13090, "only_a": 0, "only_b": 0},
 *     "pools_differ": false,
 *     "measures": {
 *       "AP": {
 *         "monolingual": {"questions": 1190, "mean_a": 0.71, "mean_b": 0.74, "difference": -0.03,
 *                         "interval": [-0.036, -0.024], "effect_size": -0.29, "p": 0.0001, "p_holm": 0.0003,
 *                         "per_language": {"ar": {"questions": 1190, "mean_a": 0.66, ...}, ...}},
 *         "cross_lingual": {...}, "multilingual": {...}}}}]}
 * }</pre>
 *
 * <p>{@code ?format=txt} shows tables for a terminal. It ends when its task is cancelled, or when the client closes the
 * connection.
 */
public final class RestCompareEvaluationsAction extends BaseRestHandler {
    private static final List<ResultFormat> FORMATS = List.of(ResultFormat.JSON, ResultFormat.TXT);

    @Override
    public String getName() {
        return "hybrid_ir_compare_evaluations";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/_hybrid_ir/_evaluate/_compare"),
                new Route(Method.GET, "/_plugins/_hybrid_ir/_evaluate/_compare"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        CompareEvaluationsRequest asked =
                new CompareEvaluationsRequest(list(request, "ids"), list(request, "names"), list(request, "measures"));
        ResultFormat format = format(request);
        return channel -> new RestCancellableNodeClient(client, request.getHttpChannel())
                .execute(
                        CompareEvaluationsAction.INSTANCE,
                        asked,
                        format.textListener(channel, CompareEvaluationsResponse::table));
    }

    private static List<String> list(RestRequest request, String parameter) {
        return List.of(request.paramAsStringArray(parameter, Strings.EMPTY_ARRAY));
    }

    private static ResultFormat format(RestRequest request) {
        ResultFormat format = ResultFormat.of(request);
        if (FORMATS.contains(format) == false) {
            throw new IllegalArgumentException("[format] is [" + format.key() + "], a comparison is shown as one of "
                    + FORMATS.stream().map(ResultFormat::key).toList());
        }
        return format;
    }
}
