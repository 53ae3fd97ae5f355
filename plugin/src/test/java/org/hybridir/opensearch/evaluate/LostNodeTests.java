package org.hybridir.opensearch.evaluate;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hybridir.opensearch.encoder.HashEncoder;
import org.hybridir.opensearch.result.KeptEvaluation;
import org.hybridir.opensearch.result.KeptEvaluation.State;
import org.hybridir.opensearch.result.KeptEvaluations;
import org.opensearch.OpenSearchException;
import org.opensearch.cluster.routing.ShardRoutingState;
import org.opensearch.common.settings.Settings;
import org.opensearch.test.InternalTestCluster;
import org.opensearch.test.OpenSearchIntegTestCase;
import org.opensearch.transport.client.Client;

/** A node dies while an evaluation runs: the whole result or a failure that says what is missing, nothing between. */
@OpenSearchIntegTestCase.ClusterScope(
        scope = OpenSearchIntegTestCase.Scope.TEST,
        numDataNodes = 0,
        numClientNodes = 0,
        autoManageMasterNodes = true)
public class LostNodeTests extends LongEvaluationTestCase {
    private String coordinator;
    private final List<String> dataNodes = new ArrayList<>();

    private void startNodes() {
        coordinator = internalCluster().startClusterManagerOnlyNode();
        dataNodes.addAll(internalCluster().startDataOnlyNodes(3));
        ensureStableCluster(4);
    }

    public void testDataNodeDies() throws Exception {
        startNodes();
        int replicas = randomIntBetween(0, 1);
        String index = "copies-" + replicas;
        createCollection(index, 3, replicas);
        indexPassages(index, 0, 60, false);
        indexQuestions(index, 60);
        Client client = internalCluster().client(coordinator);
        String report = report(evaluate(client, index).sections());
        HashEncoder.slowness = 5;
        Map<String, Object> started = detach(client, index, 8);
        ensureGreen(".hybrid-ir-evaluations");
        Thread.sleep(randomIntBetween(0, 600));
        stop(randomFrom(dataNodes));
        HashEncoder.slowness = 0;
        assertWholeOrNamed(endedAfterAll(client, started), index, report);
        assertNoTasks(client);
    }

    /** The questions of the lost shard are not left out in silence. */
    public void testShardOfQuestionsIsLostBetweenTwoPages() throws Exception {
        startNodes();
        createCollection("lost", 3, 0);
        indexPassages("lost", 0, 60, false);
        indexQuestions("lost", 60);
        Client client = internalCluster().client(coordinator);
        String node = dataNodes.get(0);
        // All passages are elsewhere, so that only the questions suffer.
        client.admin()
                .indices()
                .prepareUpdateSettings("lost")
                .setSettings(Settings.builder().put("index.routing.allocation.exclude._name", node))
                .get();
        ensureGreen("lost");
        assertBusy(() -> assertThat(nodesOf(client, "lost").contains(node), equalTo(false)));
        assertTrue(nodesOf(client, "lost-questions").contains(node));
        HashEncoder.slowness = 10;
        Map<String, Object> started = detach(client, "lost", 8);
        ensureGreen(".hybrid-ir-evaluations");
        assertBusy(() -> assertTrue(tasks(client).stream()
                .anyMatch(task -> task.getStatus() instanceof EvaluationStatus status && status.blocks() > 0)));
        stop(node);
        HashEncoder.slowness = 0;
        KeptEvaluation ended = endedAfterAll(client, started);
        assertThat(ended.state(), equalTo(State.FAILED));
        assertThat(
                (String) ended.error().get("reason"),
                containsString("index [lost-questions] could not be read to its end: [1] of [3] shards failed"));
    }

    public void testNodeThatEvaluatesDies() throws Exception {
        startNodes();
        createCollection("passages", 1, 2);
        indexPassages("passages", 0, 60, false);
        indexQuestions("passages", 60);
        String node = randomFrom(dataNodes);
        HashEncoder.slowness = 20;
        Map<String, Object> started = detach(internalCluster().client(node), "passages", 8);
        ensureGreen(".hybrid-ir-evaluations");
        stop(node);
        KeptEvaluation ended = endedAfterAll(internalCluster().client(coordinator), started);
        assertThat(ended.state(), equalTo(State.FAILED));
        assertThat(
                ended.error().get("reason"),
                equalTo("the node [" + node + "] that ran it left the cluster: evaluate again"));
        assertNoTasks(internalCluster().client(coordinator));
        // Nobody is left to say that the next page of questions is not wanted; without this it expires by itself.
        internalCluster()
                .client(coordinator)
                .prepareClearScroll()
                .addScrollId("_all")
                .get();
    }

    /** What is kept cannot be read before its other copy has taken over. */
    private static KeptEvaluation endedAfterAll(Client client, Map<String, Object> started) throws Exception {
        assertBusy(() -> {
            try {
                KeptEvaluations.get(client, id(started));
            } catch (OpenSearchException e) {
                throw new AssertionError(e);
            }
        });
        return ended(client, started);
    }

    private static void assertWholeOrNamed(KeptEvaluation ended, String index, String report) throws IOException {
        if (ended.state() == State.COMPLETED) {
            assertThat(report(ended.result()), equalTo(report));
        } else {
            assertThat(ended.state(), equalTo(State.FAILED));
            assertThat(
                    ended.error().toString(),
                    anyOf(containsString("index [" + index + "]"), containsString("index [" + index + "-questions]")));
        }
    }

    private static List<String> nodesOf(Client client, String index) {
        var state = client.admin().cluster().prepareState().get().getState();
        return state.routingTable().index(index).shardsWithState(ShardRoutingState.STARTED).stream()
                .map(shard -> state.nodes().get(shard.currentNodeId()).getName())
                .toList();
    }

    private static void stop(String node) throws Exception {
        internalCluster().stopRandomNode(InternalTestCluster.nameFilter(node));
    }
}
