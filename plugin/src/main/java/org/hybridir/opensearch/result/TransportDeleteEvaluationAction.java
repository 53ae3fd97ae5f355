package org.hybridir.opensearch.result;

import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.action.support.clustermanager.AcknowledgedResponse;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

/** Deletes one evaluation. */
public final class TransportDeleteEvaluationAction
        extends HandledTransportAction<EvaluationIdRequest, AcknowledgedResponse> {
    private final EvaluationStore store;

    @Inject
    public TransportDeleteEvaluationAction(
            TransportService transportService, ActionFilters filters, EvaluationStore store) {
        super(DeleteEvaluationAction.NAME, transportService, filters, EvaluationIdRequest::new);
        this.store = store;
    }

    @Override
    protected void doExecute(Task task, EvaluationIdRequest request, ActionListener<AcknowledgedResponse> listener) {
        store.delete(request.id(), ActionListener.map(listener, deleted -> new AcknowledgedResponse(true)));
    }
}
