package org.hybridir.opensearch.result;

import java.util.List;
import java.util.Map;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.action.ActionFuture;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.transport.client.Client;

/** The actions on kept evaluations, for tests of other packages. */
public final class KeptEvaluations {
    private KeptEvaluations() {}

    public static GetEvaluationResponse get(Client client, String id) {
        return client.execute(GetEvaluationAction.INSTANCE, new EvaluationIdRequest(id))
                .actionGet();
    }

    public static ListEvaluationsResponse list(Client client, int from, int size) {
        return client.execute(ListEvaluationsAction.INSTANCE, new ListEvaluationsRequest(from, size))
                .actionGet();
    }

    public static boolean delete(Client client, String id) {
        return client.execute(DeleteEvaluationAction.INSTANCE, new EvaluationIdRequest(id))
                .actionGet()
                .isAcknowledged();
    }

    /** Each result is called by its id. */
    public static ActionFuture<CompareEvaluationsResponse> compare(
            Client client, List<String> ids, List<String> measures) {
        return client.execute(
                CompareEvaluationsAction.INSTANCE, new CompareEvaluationsRequest(ids, List.of(), measures));
    }

    /** As if a node had written it. */
    public static void write(Client client, Map<String, Object> document) {
        client.index(new IndexRequest(EvaluationsIndex.NAME)
                        .id((String) document.get("id"))
                        .source(document, XContentType.JSON)
                        .setRefreshPolicy(RefreshPolicy.IMMEDIATE))
                .actionGet();
    }
}
