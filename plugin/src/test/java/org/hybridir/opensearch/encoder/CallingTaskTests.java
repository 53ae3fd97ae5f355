package org.hybridir.opensearch.encoder;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.sameInstance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.hybridir.encoder.TextRole;
import org.opensearch.Version;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.support.ActionFilterChain;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.cluster.ClusterChangedEvent;
import org.opensearch.cluster.ClusterName;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.cluster.node.DiscoveryNodeRole;
import org.opensearch.cluster.node.DiscoveryNodes;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.tasks.CancellableTask;
import org.opensearch.tasks.Task;
import org.opensearch.tasks.TaskManager;
import org.opensearch.test.OpenSearchTestCase;
import org.opensearch.threadpool.TestThreadPool;
import org.opensearch.threadpool.ThreadPool;

public class CallingTaskTests extends OpenSearchTestCase {
    private static final TaskId ELSEWHERE = new TaskId("another-node", 7);

    private ThreadPool threadPool;
    private TaskManager tasks;

    @Override
    public void setUp() throws Exception {
        super.setUp();
        threadPool = new TestThreadPool("calling-task");
        tasks = new TaskManager(Settings.EMPTY, threadPool, Set.of());
        ClusterState state = ClusterState.builder(ClusterName.DEFAULT)
                .nodes(DiscoveryNodes.builder()
                        .add(node("here"))
                        .add(node(ELSEWHERE.getNodeId()))
                        .localNodeId("here"))
                .build();
        tasks.applyClusterState(new ClusterChangedEvent("test", state, state));
    }

    @Override
    public void tearDown() throws Exception {
        ThreadPool.terminate(threadPool, 10, TimeUnit.SECONDS);
        super.tearDown();
    }

    private static DiscoveryNode node(String id) {
        return new DiscoveryNode(
                id, id, buildNewFakeTransportAddress(), Map.of(), DiscoveryNodeRole.BUILT_IN_ROLES, Version.CURRENT);
    }

    /** One that cannot be cancelled. */
    private static Task bulk(long id, TaskId parent) {
        return new Task(id, "transport", "bulk", "", parent, Map.of());
    }

    private CancellableTask registered() {
        return (CancellableTask)
                tasks.register("transport", "reindex", new EncodeRequest("tiny", List.of(), TextRole.PASSAGE));
    }

    public void testItselfOrOneAboveIt() {
        CancellableTask reindex = registered();
        Task bulk = bulk(100, new TaskId("here", reindex.getId()));
        assertThat(CallingTask.cancelled(null, tasks), equalTo(Optional.empty()));
        assertThat(CallingTask.cancelled(reindex, tasks), equalTo(Optional.empty()));
        assertThat(CallingTask.cancelled(bulk, tasks), equalTo(Optional.empty()));
        reindex.cancel("enough");
        assertThat(CallingTask.cancelled(reindex, tasks), equalTo(Optional.of("enough")));
        assertThat(CallingTask.cancelled(bulk, tasks), equalTo(Optional.of("enough")));
        tasks.unregister(reindex);
        assertThat("the parent is gone", CallingTask.cancelled(bulk, tasks), equalTo(Optional.empty()));
    }

    public void testOneAboveItOnAnotherNode() {
        Task bulk = bulk(100, ELSEWHERE);
        assertThat(CallingTask.cancelled(bulk, tasks), equalTo(Optional.empty()));
        tasks.setBan(ELSEWHERE, "enough");
        assertThat(
                CallingTask.cancelled(bulk, tasks),
                equalTo(Optional.of("the task [another-node:7] above it was cancelled")));
        assertThat(CallingTask.cancelled(bulk(101, new TaskId("another-node", 8)), tasks), equalTo(Optional.empty()));
    }

    public void testTheInnermostActionsTaskIsInTheContext() {
        ThreadContext context = threadPool.getThreadContext();
        CallingTask filter = new CallingTask(context);
        Task outer = bulk(1, TaskId.EMPTY_TASK_ID);
        Task inner = bulk(2, TaskId.EMPTY_TASK_ID);
        context.putHeader("caller", "somebody");
        apply(filter, outer, () -> {
            assertThat(CallingTask.of(context), sameInstance(outer));
            apply(filter, inner, () -> assertThat(CallingTask.of(context), sameInstance(inner)));
            assertThat(CallingTask.of(context), sameInstance(outer));
            apply(filter, null, () -> assertNull(CallingTask.of(context)));
            assertThat(context.getHeader("caller"), equalTo("somebody"));
        });
        assertNull(CallingTask.of(context));
    }

    private static void apply(CallingTask filter, Task task, Runnable action) {
        boolean[] proceeded = new boolean[1];
        ActionFilterChain<ActionRequest, ActionResponse> chain = (seen, name, request, listener) -> {
            assertThat(seen, sameInstance(task));
            action.run();
            proceeded[0] = true;
        };
        filter.apply(
                task,
                "action",
                new EncodeRequest("tiny", List.of(), TextRole.QUERY),
                PlainActionFuture.newFuture(),
                chain);
        assertTrue(proceeded[0]);
    }
}
