package org.hybridir.opensearch.result;

import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

/** Reads one evaluation. */
public final class TransportGetEvaluationAction
        extends HandledTransportAction<EvaluationIdRequest, GetEvaluationResponse> {
    private final EvaluationStore store;

    @Inject
    public TransportGetEvaluationAction(
            TransportService transportService, ActionFilters filters, EvaluationStore store) {
        super(GetEvaluationAction.NAME, transportService, filters, EvaluationIdRequest::new);
        this.store = store;
    }

    @Override
    protected void doExecute(Task task, EvaluationIdRequest request, ActionListener<GetEvaluationResponse> listener) {
        store.get(
                request.id(),
                ActionListener.map(listener, seen -> new GetEvaluationResponse(seen.evaluation(), seen.status())));
    }
}
