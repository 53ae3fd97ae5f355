package org.hybridir.opensearch.result;

import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

/** Lists evaluations. */
public final class TransportListEvaluationsAction
        extends HandledTransportAction<ListEvaluationsRequest, ListEvaluationsResponse> {
    private final EvaluationStore store;

    @Inject
    public TransportListEvaluationsAction(
            TransportService transportService, ActionFilters filters, EvaluationStore store) {
        super(ListEvaluationsAction.NAME, transportService, filters, ListEvaluationsRequest::new);
        this.store = store;
    }

    @Override
    protected void doExecute(
            Task task, ListEvaluationsRequest request, ActionListener<ListEvaluationsResponse> listener) {
        store.list(
                request.from(),
                request.size(),
                ActionListener.map(
                        listener,
                        page -> new ListEvaluationsResponse(
                                page.total(),
                                page.evaluations().stream()
                                        .map(LostEvaluations.Seen::evaluation)
                                        .toList())));
    }
}
