package org.hybridir.opensearch.evaluate;

import org.hybridir.opensearch.VectorField;
import org.hybridir.opensearch.evaluate.QuestionEncoders.QuestionEncoder;
import org.hybridir.opensearch.result.EvaluationStore;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.action.support.IndicesOptions;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.Nullable;
import org.opensearch.common.inject.Inject;
import org.opensearch.common.util.concurrent.OpenSearchExecutors;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.index.Index;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;
import org.opensearch.transport.client.ParentTaskAssigningClient;
import org.opensearch.transport.client.node.NodeClient;

/**
 * Checks what is asked against the mappings and starts an {@link EvaluationRun}. All that the run reads, it reads by
 * ordinary requests in the caller's context: who may not search an index cannot evaluate it, and documents that a caller
 * may not see are none of the evaluation's, whether it is waited for or not.
 */
public final class TransportEvaluateAction extends HandledTransportAction<EvaluateRequest, EvaluateResponse> {
    /** More parts at a time would queue on the shards' nodes and cost memory. */
    private static final int MOST_PARTS = 16;

    private final ClusterService clusterService;
    private final IndexNameExpressionResolver resolver;
    private final NodeClient client;
    private final QuestionEncoders encoders;
    private final KeptRuns keptRuns;

    @Inject
    public TransportEvaluateAction(
            ClusterService clusterService,
            TransportService transportService,
            ActionFilters actionFilters,
            IndexNameExpressionResolver resolver,
            NodeClient client,
            QuestionEncoders encoders,
            EvaluationStore store) {
        super(EvaluateAction.NAME, transportService, actionFilters, EvaluateRequest::new);
        this.clusterService = clusterService;
        this.resolver = resolver;
        this.client = client;
        this.encoders = encoders;
        this.keptRuns = new KeptRuns(store, taskManager);
    }

    @Override
    protected void doExecute(Task task, EvaluateRequest request, ActionListener<EvaluateResponse> listener) {
        EvaluationSpec spec = request.spec();
        ClusterState state = clusterService.state();
        IndexMetadata passages = index(state, spec.index());
        PassageIndex.refuseFilter(passages, spec.index());
        PassageIndex passageIndex = new PassageIndex(passages);
        passageIndex.requirePassages(spec.judgementsIndex() == null);
        PassageFields fields = spec.exact() ? passageIndex.fields(spec.vectorField()) : null;
        PassageIndex questions = new PassageIndex(index(state, spec.questions()));
        questions.requireKeyword(QuestionBlock.ID);
        questions.requireKeyword(QuestionBlock.LANGUAGE);
        if (spec.judgementsIndex() != null) {
            PassageIndex judgements = new PassageIndex(index(state, spec.judgementsIndex()));
            judgements.requireKeyword(Judgements.QUESTION);
            judgements.requireKeyword(Judgements.PASSAGE);
        }
        if (spec.exact() == false) {
            start((EvaluateTask) task, request, run(spec, passages, null, null), listener);
            return;
        }
        ActionListener<QuestionEncoder> start = ActionListener.wrap(
                encoder -> start((EvaluateTask) task, request, run(spec, passages, fields, encoder), listener),
                listener::onFailure);
        encoders.open(spec.encoder(), passages, fields.vector(), start);
    }

    private IndexMetadata index(ClusterState state, String name) {
        Index[] found = resolver.concreteIndices(state, IndicesOptions.strictSingleIndexNoExpandForbidClosed(), name);
        return state.metadata().getIndexSafe(found[0]);
    }

    /** A run gives each question's own values: they are kept in any case, so that results can be compared. */
    private void start(
            EvaluateTask task, EvaluateRequest request, KeptRuns.Run run, ActionListener<EvaluateResponse> answered) {
        ActionListener<EvaluateResponse> listener = request.spec().perQuestion()
                ? answered
                : ActionListener.map(answered, EvaluateResponse::withoutQuestionValues);
        if (request.waitForCompletion() == false) {
            keptRuns.detached(request, run, listener);
        } else if (request.keep()) {
            keptRuns.attached(task, request, run, listener);
        } else {
            run.start(task, listener);
        }
    }

    private KeptRuns.Run run(
            EvaluationSpec spec,
            IndexMetadata passages,
            @Nullable PassageFields fields,
            @Nullable QuestionEncoder encoder) {
        if (spec.exact()) {
            VectorField.get(passages, fields.vector())
                    .checkDimension(encoder.describe().get("name").toString(), encoder.dimension());
        }
        int processors = OpenSearchExecutors.allocatedProcessors(clusterService.getSettings());
        return (task, listener) -> new EvaluationRun(
                        spec,
                        passages.getIndex().getName(),
                        fields,
                        encoder,
                        task,
                        new ParentTaskAssigningClient(client, clusterService.localNode(), task),
                        client,
                        Math.min(processors, MOST_PARTS),
                        listener)
                .start();
    }
}
