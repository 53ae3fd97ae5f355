package org.hybridir.opensearch.result;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.action.FailedNodeException;
import org.opensearch.action.admin.cluster.node.tasks.list.ListTasksRequest;
import org.opensearch.action.admin.cluster.node.tasks.list.ListTasksResponse;
import org.opensearch.action.get.MultiGetItemResponse;
import org.opensearch.action.get.MultiGetRequest;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.Nullable;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.search.fetch.subphase.FetchSourceContext;
import org.opensearch.tasks.Task;
import org.opensearch.tasks.TaskInfo;
import org.opensearch.transport.client.Client;

/**
 * Tells the evaluations that run from those that are written down as running although nobody runs them: their node died,
 * or could not write how they ended.
 *
 * <p>A run has its task before it is first written down, and until after it was written down last. So one that is still
 * written down as running, after its task was looked for and not found, is lost.
 */
final class LostEvaluations {
    private final Client client;
    private final ClusterService clusterService;
    private final String action;

    /** @param action whose tasks are evaluations */
    LostEvaluations(Client client, ClusterService clusterService, String action) {
        this.client = client;
        this.clusterService = clusterService;
        this.action = action;
    }

    /**
     * An evaluation as it is.
     *
     * @param status how far it is, if it runs
     */
    record Seen(KeptEvaluation evaluation, @Nullable Task.Status status) {}

    /**
     * The same evaluations, in the same order; lost ones as failed.
     *
     * @param source what was read of each, and is read again of those that may have ended since
     */
    void resolve(List<KeptEvaluation> read, FetchSourceContext source, ActionListener<List<Seen>> listener) {
        if (read.stream().noneMatch(KeptEvaluation::isRunning)) {
            listener.onResponse(read.stream().map(one -> new Seen(one, null)).toList());
            return;
        }
        ListTasksRequest request = new ListTasksRequest().setActions(action).setDetailed(true);
        client.admin()
                .cluster()
                .listTasks(
                        request,
                        ActionListener.wrap(
                                tasks -> resolve(read, source, new Living(tasks), listener), listener::onFailure));
    }

    private void resolve(
            List<KeptEvaluation> read, FetchSourceContext source, Living living, ActionListener<List<Seen>> listener) {
        MultiGetRequest again = new MultiGetRequest().preference(EvaluationsIndex.COPY);
        read.stream()
                .filter(one -> one.isRunning() && living.has(one) == false)
                .forEach(one -> again.add(
                        new MultiGetRequest.Item(EvaluationsIndex.NAME, one.id()).fetchSourceContext(source)));
        if (again.getItems().isEmpty()) {
            listener.onResponse(seen(read, living, Map.of()));
            return;
        }
        client.multiGet(
                again,
                ActionListener.wrap(
                        response -> listener.onResponse(seen(read, living, byId(response.getResponses()))),
                        listener::onFailure));
    }

    private static Map<String, KeptEvaluation> byId(MultiGetItemResponse[] responses) {
        Map<String, KeptEvaluation> found = new HashMap<>();
        for (MultiGetItemResponse response : responses) {
            if (response.isFailed() == false && response.getResponse().isExists()) {
                found.put(
                        response.getId(),
                        KeptEvaluation.of(response.getResponse().getSourceAsBytesRef()));
            }
        }
        return found;
    }

    private List<Seen> seen(List<KeptEvaluation> read, Living living, Map<String, KeptEvaluation> readAgain) {
        List<Seen> seen = new ArrayList<>();
        for (KeptEvaluation first : read) {
            KeptEvaluation one = readAgain.getOrDefault(first.id(), first);
            if (one.isRunning() == false) {
                seen.add(new Seen(one, null));
            } else if (living.has(one)) {
                seen.add(new Seen(one, living.statuses.get(one.task())));
            } else {
                seen.add(new Seen(one.lost(reason(one)), null));
            }
        }
        return seen;
    }

    private Exception reason(KeptEvaluation one) {
        return new OpenSearchStatusException(
                node(one) == null
                        ? "the node [" + one.node() + "] that ran it left the cluster: evaluate again"
                        : "how it ended could not be written: the log of node [" + one.node() + "] says why",
                RestStatus.SERVICE_UNAVAILABLE);
    }

    /** The node, if its process is still the one that started the evaluation. */
    private DiscoveryNode node(KeptEvaluation one) {
        for (DiscoveryNode node : clusterService.state().nodes()) {
            if (node.getEphemeralId().equals(one.process())) {
                return node;
            }
        }
        return null;
    }

    /** The tasks that were found, by id, and the nodes that did not say. */
    private final class Living {
        private final Map<String, Task.Status> statuses = new HashMap<>();
        private final Set<String> silentNodes = new HashSet<>();

        private Living(ListTasksResponse tasks) {
            for (TaskInfo task : tasks.getTasks()) {
                statuses.put(task.getTaskId().toString(), task.getStatus());
            }
            for (Exception failure : tasks.getNodeFailures()) {
                if (failure instanceof FailedNodeException failed) {
                    silentNodes.add(failed.nodeId());
                }
            }
        }

        private boolean has(KeptEvaluation one) {
            DiscoveryNode node = node(one);
            return node != null && (statuses.containsKey(one.task()) || silentNodes.contains(node.getId()));
        }
    }
}
