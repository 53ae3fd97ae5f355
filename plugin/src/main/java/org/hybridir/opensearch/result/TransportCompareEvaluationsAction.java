package org.hybridir.opensearch.result;

import java.util.ArrayList;
import java.util.List;
import org.hybridir.compare.ComparedResult;
import org.hybridir.compare.Comparison;
import org.hybridir.compare.PairedTest;
import org.hybridir.opensearch.EvaluationThreads;
import org.opensearch.action.ActionRunnable;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.tasks.CancellableTask;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;
import org.opensearch.transport.client.Client;
import org.opensearch.transport.client.ParentTaskAssigningClient;
import org.opensearch.transport.client.node.NodeClient;

/**
 * Reads the evaluations one after the other, as the caller, who needs the right to {@link GetEvaluationAction} too; then
 * compares them on one of {@link EvaluationThreads}, for the tests take seconds.
 */
public final class TransportCompareEvaluationsAction
        extends HandledTransportAction<CompareEvaluationsRequest, CompareEvaluationsResponse> {
    private final ClusterService clusterService;
    private final ThreadPool threads;
    private final NodeClient client;

    @Inject
    public TransportCompareEvaluationsAction(
            TransportService transportService,
            ActionFilters filters,
            ClusterService clusterService,
            ThreadPool threads,
            NodeClient client) {
        super(CompareEvaluationsAction.NAME, transportService, filters, CompareEvaluationsRequest::new);
        this.clusterService = clusterService;
        this.threads = threads;
        this.client = client;
    }

    @Override
    protected void doExecute(
            Task task, CompareEvaluationsRequest request, ActionListener<CompareEvaluationsResponse> listener) {
        ActionListener<List<ComparedResult>> compare = ActionListener.wrap(
                results -> threads.executor(EvaluationThreads.NAME)
                        .execute(ActionRunnable.supply(
                                listener, () -> compare((CancellableTask) task, results, request.measures()))),
                listener::onFailure);
        read(
                new ParentTaskAssigningClient(client, clusterService.localNode(), task),
                request,
                new ArrayList<>(),
                compare);
    }

    /** One at a time, so that of no more than one there is all the JSON. */
    private static void read(
            Client client,
            CompareEvaluationsRequest request,
            List<ComparedResult> results,
            ActionListener<List<ComparedResult>> listener) {
        int next = results.size();
        if (next == request.ids().size()) {
            listener.onResponse(results);
            return;
        }
        client.execute(
                GetEvaluationAction.INSTANCE,
                new EvaluationIdRequest(request.ids().get(next)),
                ActionListener.wrap(
                        kept -> {
                            results.add(ComparedResult.fromMap(
                                    request.names().get(next), kept.evaluation().requireResult("compared")));
                            read(client, request, results, listener);
                        },
                        listener::onFailure));
    }

    private static CompareEvaluationsResponse compare(
            CancellableTask task, List<ComparedResult> results, List<String> measures) {
        return new CompareEvaluationsResponse(
                Comparison.of(results, measures, PairedTest.standard(), () -> ensureNotCancelled(task)));
    }

    private static void ensureNotCancelled(CancellableTask task) {
        if (task.isCancelled()) {
            throw new TaskCancelledException("the comparison was cancelled [" + task.getReasonCancelled() + "]");
        }
    }
}
