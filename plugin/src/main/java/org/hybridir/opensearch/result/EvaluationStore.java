package org.hybridir.opensearch.result;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.hybridir.opensearch.HybridIrSettings;
import org.hybridir.opensearch.result.LostEvaluations.Seen;
import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.bulk.BulkResponse;
import org.opensearch.action.delete.DeleteRequest;
import org.opensearch.action.get.GetRequest;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.support.IndicesOptions;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.UUIDs;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.index.IndexNotFoundException;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.fetch.subphase.FetchSourceContext;
import org.opensearch.search.sort.SortOrder;
import org.opensearch.transport.client.Client;
import org.opensearch.transport.client.OriginSettingClient;

/**
 * Keeps evaluations in {@link EvaluationsIndex}, in the plugin's own name whoever the caller is. Nothing blocks. Whenever
 * one is added, those are deleted that are older than {@link HybridIrSettings#EVALUATE_RETENTION} or are more than
 * {@link HybridIrSettings#EVALUATE_MAX_KEPT}; no timer is needed for what only grows when something is added.
 */
public final class EvaluationStore {
    private static final Logger LOGGER = LogManager.getLogger(EvaluationStore.class);
    private static final String ORIGIN = "hybrid_ir";
    /** Deleted at once; what is left goes the next time. */
    private static final int DELETED_AT_ONCE = 1000;
    /** Results are large. */
    private static final FetchSourceContext WITHOUT_RESULT =
            new FetchSourceContext(true, null, new String[] {"result"});

    private final Client client;
    private final ClusterService clusterService;
    private final EvaluationsIndex index;
    private final LostEvaluations lost;
    private volatile TimeValue retention;
    private volatile int maxKept;

    /** @param action whose tasks are evaluations */
    public EvaluationStore(Client client, ClusterService clusterService, String action) {
        this.client = new OriginSettingClient(client, ORIGIN);
        this.clusterService = clusterService;
        this.index = new EvaluationsIndex(this.client, clusterService);
        this.lost = new LostEvaluations(this.client, clusterService, action);
        this.retention = clusterService.getClusterSettings().get(HybridIrSettings.EVALUATE_RETENTION);
        this.maxKept = clusterService.getClusterSettings().get(HybridIrSettings.EVALUATE_MAX_KEPT);
        clusterService
                .getClusterSettings()
                .addSettingsUpdateConsumer(HybridIrSettings.EVALUATE_RETENTION, value -> retention = value);
        clusterService
                .getClusterSettings()
                .addSettingsUpdateConsumer(HybridIrSettings.EVALUATE_MAX_KEPT, value -> maxKept = value);
    }

    /**
     * Writes down that a task of this node evaluates.
     *
     * @param request for the reader, plain values
     */
    public void start(TaskId task, Map<String, Object> request, ActionListener<KeptEvaluation> listener) {
        DiscoveryNode node = clusterService.localNode();
        KeptEvaluation running = KeptEvaluation.running(
                UUIDs.base64UUID(), request, node.getName(), node.getEphemeralId(), task.toString());
        write(running, ActionListener.map(listener, written -> {
            deleteOld();
            return running;
        }));
    }

    /** Writes down the result; if it cannot be written, that the evaluation failed, which the listener is told too. */
    public void complete(KeptEvaluation running, Map<String, Object> result, ActionListener<Void> listener) {
        write(
                running.completed(result),
                ActionListener.wrap(
                        listener::onResponse, failure -> fail(running, failure, () -> listener.onFailure(failure))));
    }

    /**
     * Writes down how the evaluation failed, or that it was cancelled.
     *
     * @param done called in any case: what cannot be written is in the log, and is seen as lost from then on
     */
    public void fail(KeptEvaluation running, Exception failure, Runnable done) {
        ActionListener<Void> written = ActionListener.wrap(
                nothing -> {},
                unwritten -> LOGGER.error("how evaluation [{}] ended could not be written", running.id(), unwritten));
        write(running.ended(failure), ActionListener.runAfter(written, done));
    }

    /** Prepares the index each time: it may have been deleted while an evaluation ran. */
    private void write(KeptEvaluation evaluation, ActionListener<Void> listener) {
        index.prepare(ActionListener.wrap(
                ready -> {
                    IndexRequest request = new IndexRequest(EvaluationsIndex.NAME)
                            .id(evaluation.id())
                            .source(evaluation.toXContent(XContentFactory.jsonBuilder(), ToXContent.EMPTY_PARAMS))
                            .setRefreshPolicy(RefreshPolicy.IMMEDIATE);
                    client.index(request, ActionListener.map(listener, written -> null));
                },
                listener::onFailure));
    }

    /** The evaluation of that id; fails with a {@link ResourceNotFoundException} if none is kept. */
    void get(String id, ActionListener<Seen> listener) {
        ResourceNotFoundException unknown = new ResourceNotFoundException(
                "no evaluation [" + id + "] is kept: GET _hybrid_ir/_evaluate lists those that are");
        client.get(
                new GetRequest(EvaluationsIndex.NAME, id).preference(EvaluationsIndex.COPY),
                ActionListener.wrap(
                        found -> {
                            if (found.isExists()) {
                                lost.resolve(
                                        List.of(KeptEvaluation.of(found.getSourceAsBytesRef())),
                                        FetchSourceContext.FETCH_SOURCE,
                                        ActionListener.map(listener, seen -> seen.get(0)));
                            } else {
                                listener.onFailure(unknown);
                            }
                        },
                        failure -> listener.onFailure(
                                ExceptionsHelper.unwrapCause(failure) instanceof IndexNotFoundException
                                        ? unknown
                                        : failure)));
    }

    /** Some of those that are kept, without their results. */
    record Page(long total, List<Seen> evaluations) {}

    /** The newest first. */
    void list(int from, int size, ActionListener<Page> listener) {
        search(QueryBuilders.matchAllQuery(), from, size, listener);
    }

    private void search(QueryBuilder query, int from, int size, ActionListener<Page> listener) {
        SearchRequest request = new SearchRequest(EvaluationsIndex.NAME)
                .preference(EvaluationsIndex.COPY)
                .indicesOptions(IndicesOptions.LENIENT_EXPAND_OPEN) // before the first one, there is no index
                .source(new SearchSourceBuilder()
                        .query(query)
                        .from(from)
                        .size(size)
                        .sort("started", SortOrder.DESC)
                        .sort("id")
                        .trackTotalHits(true)
                        .fetchSource(WITHOUT_RESULT));
        client.search(
                request,
                ActionListener.wrap(
                        response -> lost.resolve(
                                read(response),
                                WITHOUT_RESULT,
                                ActionListener.map(
                                        listener,
                                        seen -> new Page(
                                                response.getHits()
                                                        .getTotalHits()
                                                        .value(),
                                                seen))),
                        listener::onFailure));
    }

    private static List<KeptEvaluation> read(SearchResponse response) {
        return Arrays.stream(response.getHits().getHits())
                .map(SearchHit::getSourceRef)
                .map(KeptEvaluation::of)
                .toList();
    }

    /** Deletes one that has ended; fails with 404 if none is kept, with 409 if it runs. */
    void delete(String id, ActionListener<Void> listener) {
        get(
                id,
                ActionListener.wrap(
                        seen -> {
                            refuseRunning(seen.evaluation());
                            client.delete(
                                    new DeleteRequest(EvaluationsIndex.NAME, id)
                                            .setRefreshPolicy(RefreshPolicy.IMMEDIATE),
                                    ActionListener.map(listener, deleted -> null));
                        },
                        listener::onFailure));
    }

    private static void refuseRunning(KeptEvaluation evaluation) {
        if (evaluation.isRunning()) {
            throw new OpenSearchStatusException(
                    "evaluation [" + evaluation.id() + "] is running: cancel it first, POST _tasks/" + evaluation.task()
                            + "/_cancel",
                    RestStatus.CONFLICT);
        }
    }

    private void deleteOld() {
        long oldest = System.currentTimeMillis() - retention.millis();
        ActionListener<Page> delete = ActionListener.wrap(
                this::deleteEnded, failure -> LOGGER.warn("old evaluations could not be deleted", failure));
        search(QueryBuilders.rangeQuery("started").lt(oldest).format("epoch_millis"), 0, DELETED_AT_ONCE, delete);
        search(QueryBuilders.matchAllQuery(), maxKept, DELETED_AT_ONCE, delete);
    }

    private static void logDeleted(BulkResponse response) {
        if (response.hasFailures()) {
            LOGGER.warn("not all old evaluations could be deleted: {}", response.buildFailureMessage());
        } else {
            LOGGER.info("[{}] old evaluations were deleted", response.getItems().length);
        }
    }

    private void deleteEnded(Page page) {
        BulkRequest bulk = new BulkRequest().setRefreshPolicy(RefreshPolicy.IMMEDIATE);
        page.evaluations().stream()
                .map(Seen::evaluation)
                .filter(evaluation -> evaluation.isRunning() == false)
                .forEach(evaluation -> bulk.add(new DeleteRequest(EvaluationsIndex.NAME, evaluation.id())));
        if (bulk.numberOfActions() > 0) {
            client.bulk(
                    bulk,
                    ActionListener.wrap(
                            EvaluationStore::logDeleted,
                            failure -> LOGGER.warn("old evaluations could not be deleted", failure)));
        }
    }
}
