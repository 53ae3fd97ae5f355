package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.hybridir.opensearch.EvaluationThreads;
import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.TransportActions;
import org.opensearch.action.support.broadcast.TransportBroadcastAction;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.block.ClusterBlockException;
import org.opensearch.cluster.block.ClusterBlockLevel;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.routing.GroupShardsIterator;
import org.opensearch.cluster.routing.ShardIterator;
import org.opensearch.cluster.routing.ShardRouting;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.concurrency.OpenSearchRejectedExecutionException;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.index.engine.Engine;
import org.opensearch.index.shard.IndexShard;
import org.opensearch.indices.IndicesService;
import org.opensearch.node.NodeClosedException;
import org.opensearch.tasks.Task;
import org.opensearch.transport.ConnectTransportException;
import org.opensearch.transport.TransportService;

/**
 * Sends a pass to one active copy of each shard, to another copy where one fails, and fails if a shard has no copy left:
 * a measure over some of the passages would be a wrong measure.
 */
public final class TransportPassAction
        extends TransportBroadcastAction<PassRequest, PassResponse, ShardPassRequest, ShardPassResponse> {
    private final IndicesService indices;

    @Inject
    public TransportPassAction(
            ClusterService clusterService,
            TransportService transportService,
            ActionFilters actionFilters,
            IndexNameExpressionResolver resolver,
            IndicesService indices) {
        super(
                PassAction.NAME,
                clusterService,
                transportService,
                actionFilters,
                resolver,
                PassRequest::new,
                ShardPassRequest::new,
                EvaluationThreads.NAME);
        this.indices = indices;
    }

    @Override
    protected GroupShardsIterator<ShardIterator> shards(ClusterState state, PassRequest request, String[] concrete) {
        return clusterService.operationRouting().searchShards(state, concrete, null, request.preference());
    }

    @Override
    protected ClusterBlockException checkGlobalBlock(ClusterState state, PassRequest request) {
        return state.blocks().globalBlockedException(ClusterBlockLevel.READ);
    }

    @Override
    protected ClusterBlockException checkRequestBlock(ClusterState state, PassRequest request, String[] concrete) {
        return state.blocks().indicesBlockedException(ClusterBlockLevel.READ, concrete);
    }

    @Override
    protected ShardPassRequest newShardRequest(int shards, ShardRouting shard, PassRequest request) {
        return new ShardPassRequest(shard.shardId(), request);
    }

    @Override
    protected ShardPassResponse readShardResponse(StreamInput in) throws IOException {
        return new ShardPassResponse(in);
    }

    @Override
    protected ShardPassResponse shardOperation(ShardPassRequest request, Task task) throws IOException {
        IndexShard shard = indices.indexServiceSafe(request.shardId().getIndex())
                .getShard(request.shardId().id());
        try (Engine.Searcher searcher = shard.acquireSearcher("hybrid_ir_evaluate")) {
            ShardPassages passages =
                    new ShardPassages(searcher.getIndexReader(), request.fields(), request.languages(), ((EvaluateTask)
                            task)::ensureNotCancelled);
            return new ShardPassResponse(request.shardId(), run(request, passages));
        }
    }

    private static PassResult run(ShardPassRequest request, ShardPassages passages) throws IOException {
        if (request.pass() instanceof Pass.Survey) {
            return passages.survey();
        }
        if (passages.fingerprint() != request.fingerprint()) {
            throw new OpenSearchStatusException(
                    "index [" + request.shardId().getIndexName() + "] changed during the evaluation, in shard ["
                            + request.shardId().id() + "]: evaluate again when nothing is being indexed",
                    RestStatus.CONFLICT);
        }
        return switch (request.pass()) {
            case Pass.Gather gather -> passages.gather(gather);
            case Pass.Count count -> passages.count(count);
            case Pass.Survey survey -> throw new IllegalStateException("the survey was answered above");
        };
    }

    @Override
    @SuppressWarnings("rawtypes") // the framework's signature
    protected PassResponse newResponse(PassRequest request, AtomicReferenceArray answers, ClusterState state) {
        PassResult[] results = new PassResult[answers.length()];
        for (int i = 0; i < results.length; i++) {
            ShardPassResponse answer = requireAnswer(request, i, answers.get(i));
            results[answer.getShardId().id()] = answer.result();
        }
        return new PassResponse(List.of(results));
    }

    private static ShardPassResponse requireAnswer(PassRequest request, int shard, Object answer) {
        if (answer instanceof ShardPassResponse response) {
            return response;
        }
        Throwable cause = answer instanceof Exception failure ? ExceptionsHelper.unwrapCause(failure) : null;
        if (cause instanceof RuntimeException e && isUnavailable(e) == false) {
            throw e;
        }
        throw new OpenSearchStatusException(
                "shard [" + shard + "] of index [" + request.indices()[0]
                        + "] has no copy that answers: an evaluation needs all shards",
                RestStatus.SERVICE_UNAVAILABLE,
                cause);
    }

    /** Whether the failure tells of a node that is gone, and not of the passages. */
    private static boolean isUnavailable(RuntimeException e) {
        return TransportActions.isShardNotAvailableException(e)
                || e instanceof ConnectTransportException
                || e instanceof NodeClosedException
                || e instanceof OpenSearchRejectedExecutionException rejected && rejected.isExecutorShutdown();
    }
}
