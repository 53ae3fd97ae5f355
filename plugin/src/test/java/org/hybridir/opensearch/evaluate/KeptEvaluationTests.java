package org.hybridir.opensearch.evaluate;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hybridir.opensearch.encoder.HashEncoder;
import org.hybridir.opensearch.result.GetEvaluationResponse;
import org.hybridir.opensearch.result.KeptEvaluation;
import org.hybridir.opensearch.result.KeptEvaluation.State;
import org.hybridir.opensearch.result.KeptEvaluations;
import org.hybridir.opensearch.result.ListEvaluationsResponse;
import org.junit.After;
import org.junit.Before;
import org.opensearch.ExceptionsHelper;
import org.opensearch.action.search.SearchAction;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.test.OpenSearchIntegTestCase;
import org.opensearch.transport.client.Client;

/** Evaluations that are kept, and who may have them. */
@OpenSearchIntegTestCase.ClusterScope(
        scope = OpenSearchIntegTestCase.Scope.SUITE,
        numDataNodes = 2,
        numClientNodes = 0,
        supportsDedicatedMasters = false)
public class KeptEvaluationTests extends LongEvaluationTestCase {
    private static final String INDEX = ".hybrid-ir-evaluations";
    private static final String GET = "cluster:admin/opensearch/hybrid_ir/evaluate/get";

    private Client client;

    /** One client, as a node knows at once what it wrote itself. */
    @Before
    public void createCollection() throws Exception {
        client = internalCluster().client();
        createCollection("passages", 2, 0);
        indexPassages("passages", 0, 30, false);
        indexQuestions("passages", 20);
    }

    @After
    public void deleteKept() throws Exception {
        assertNoTasks(client);
        if (client.admin().indices().prepareExists(INDEX).get().isExists()) {
            client.admin().indices().prepareDelete(INDEX).get();
        }
        client.admin()
                .cluster()
                .prepareUpdateSettings()
                .setTransientSettings(Settings.builder().putNull("plugins.hybrid_ir.*"))
                .get();
    }

    public void testNotWaitedFor() throws Exception {
        HashEncoder.slowness = 20;
        Map<String, Object> started = detach(client, "passages", 16);
        assertThat(started.keySet().toString(), equalTo("[task, id]"));
        assertBusy(() -> {
            EvaluationStatus status =
                    (EvaluationStatus) KeptEvaluations.get(client, id(started)).status();
            assertThat(status.total(), equalTo(40L));
            assertThat(status.encoded(), greaterThan(0L));
        });
        GetEvaluationResponse running = KeptEvaluations.get(client, id(started));
        assertThat(running.evaluation().state(), equalTo(State.RUNNING));
        assertThat(running.evaluation().request().get("index"), equalTo("passages"));
        assertThat(running.evaluation().task(), equalTo(started.get("task")));
        assertRefused(
                RestStatus.CONFLICT,
                "evaluation [" + id(started) + "] is running: cancel it first, POST _tasks/" + started.get("task")
                        + "/_cancel",
                () -> KeptEvaluations.delete(client, id(started)));
        HashEncoder.slowness = 0;
        KeptEvaluation ended = ended(client, started);
        assertThat(ended.state(), equalTo(State.COMPLETED));
        assertNull(ended.error());
        assertTrue(ended.ended().isAfter(ended.started()));
        assertThat(
                report(ended.result()),
                equalTo(report(evaluate(client, "passages").sections())));
        assertTrue(KeptEvaluations.delete(client, id(started)));
        assertRefused(
                RestStatus.NOT_FOUND,
                "no evaluation [" + id(started) + "] is kept: GET _hybrid_ir/_evaluate lists those that are",
                () -> KeptEvaluations.get(client, id(started)));
    }

    /** The task says how far it is even if the evaluation is waited for. */
    public void testWaitedForAndKeptIfAsked() throws Exception {
        evaluate(client, "passages");
        assertThat(KeptEvaluations.list(client, 0, 10).total(), equalTo(0L));
        assertRefused(
                RestStatus.NOT_FOUND,
                "no evaluation [x] is kept: GET _hybrid_ir/_evaluate lists those that are",
                () -> KeptEvaluations.get(client, "x"));
        HashEncoder.slowness = 20;
        var future = client.execute(EvaluateAction.INSTANCE, new EvaluateRequest(spec("passages", 16), true, true));
        assertBusy(() -> {
            EvaluationStatus status = (EvaluationStatus) tasks(client).stream()
                    .filter(task -> task.getAction().equals(EvaluateAction.NAME))
                    .findFirst()
                    .orElseThrow(AssertionError::new)
                    .getStatus();
            assertNotNull(status);
            assertThat(status.encoded(), greaterThan(0L));
        });
        HashEncoder.slowness = 0;
        Map<String, Object> kept = new LinkedHashMap<>(future.actionGet().sections());
        assertThat(kept.keySet().iterator().next(), equalTo("id"));
        String id = (String) kept.remove("id");
        Map<String, Object> result =
                KeptEvaluations.get(client, id).evaluation().result();
        assertThat(report(result), equalTo(report(kept)));
        assertThat(result.keySet(), equalTo(kept.keySet()));
    }

    public void testListIsNewestFirstWithoutResults() throws Exception {
        for (int i = 0; i < 3; i++) {
            ended(client, detach(client, "passages", 1024));
        }
        ListEvaluationsResponse all = KeptEvaluations.list(client, 0, 10);
        assertThat(all.total(), equalTo(3L));
        List<Instant> started =
                all.evaluations().stream().map(KeptEvaluation::started).toList();
        assertThat(
                started,
                equalTo(started.stream().sorted((a, b) -> b.compareTo(a)).toList()));
        all.evaluations().forEach(evaluation -> assertNull(evaluation.result()));
        ListEvaluationsResponse last = KeptEvaluations.list(client, 2, 10);
        assertThat(last.total(), equalTo(3L));
        assertThat(last.evaluations(), equalTo(all.evaluations().subList(2, 3)));
    }

    public void testFailureIsKept() throws Exception {
        HashEncoder.slowness = 50;
        Map<String, Object> started = detach(client, "passages", 8);
        assertBusy(() -> assertThat(
                ((EvaluationStatus) KeptEvaluations.get(client, id(started)).status()).encoded(), greaterThan(0L)));
        indexPassages("passages", 30, 1, false);
        HashEncoder.slowness = 0;
        KeptEvaluation ended = ended(client, started);
        assertThat(ended.state(), equalTo(State.FAILED));
        assertNull(ended.result());
        assertThat(ended.error().get("type"), equalTo("status_exception"));
        assertThat(ended.error().get("status"), equalTo(409));
        assertThat(
                (String) ended.error().get("reason"), containsString("index [passages] changed during the evaluation"));
    }

    /** What can be seen before it starts is refused at once, and nothing is kept of it. */
    public void testRequestsThatCannotRunAreNotKept() throws Exception {
        assertRefused(RestStatus.NOT_FOUND, "no such index [nowhere]", () -> detach(client, "nowhere", 16));
        assertRefused(
                RestStatus.BAD_REQUEST,
                "[keep] is [false] and [wait_for_completion] is [false], so that nobody would see the result: leave out one"
                        + " of them",
                () -> new EvaluateRequest(spec("passages", 16), false, false));
        assertThat(KeptEvaluations.list(client, 0, 10).total(), equalTo(0L));
    }

    public void testOnlyTheNewestAreKept() throws Exception {
        set("plugins.hybrid_ir.evaluate.max_kept", "2");
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            Map<String, Object> started = detach(client, "passages", 1024);
            ended(client, started);
            if (i >= 2) {
                ids.add(id(started));
            }
        }
        assertBusy(() -> assertThat(keptIds(), equalTo(ids)));
    }

    public void testOldOnesAreDeleted() throws Exception {
        set("plugins.hybrid_ir.evaluate.retention", "1h");
        String newer = id(detach(client, "passages", 1024));
        writeRunning("old", "gone", "node:1", Instant.now().minusSeconds(2 * 3600));
        writeRunning("not so old", "gone", "node:1", Instant.now().minusSeconds(1800));
        assertThat(keptIds(), equalTo(Set.of(newer, "old", "not so old")));
        String newest = id(detach(client, "passages", 1024));
        assertBusy(() -> assertThat(keptIds(), equalTo(Set.of(newest, newer, "not so old"))));
    }

    public void testLimitsOfTheSettings() {
        assertRefused(
                RestStatus.BAD_REQUEST,
                "failed to parse value [1s] for setting [plugins.hybrid_ir.evaluate.retention], must be >= [1m]",
                () -> set("plugins.hybrid_ir.evaluate.retention", "1s"));
        assertRefused(
                RestStatus.BAD_REQUEST,
                "Failed to parse value [0] for setting [plugins.hybrid_ir.evaluate.max_kept] must be >= 1",
                () -> set("plugins.hybrid_ir.evaluate.max_kept", "0"));
    }

    /** Nothing is running for ever because its node could not say how it ended. */
    public void testLostEvaluationsHaveFailed() throws Exception {
        ended(client, detach(client, "passages", 1024)); // makes the index
        DiscoveryNode node =
                client.admin().cluster().prepareState().get().getState().nodes().getClusterManagerNode();
        writeRunning("gone", "another process", node.getId() + ":1", Instant.now());
        writeRunning("silent", node.getEphemeralId(), node.getId() + ":987654321", Instant.now());
        assertLost("gone", "the node [some node] that ran it left the cluster: evaluate again");
        assertLost("silent", "how it ended could not be written: the log of node [some node] says why");
        assertFalse(KeptEvaluations.list(client, 0, 10).evaluations().stream()
                .anyMatch(evaluation -> evaluation.state() == State.RUNNING));
        assertTrue(KeptEvaluations.delete(client, "gone"));
    }

    private void assertLost(String id, String reason) {
        KeptEvaluation lost = KeptEvaluations.get(client, id).evaluation();
        assertThat(lost.state(), equalTo(State.FAILED));
        assertThat(lost.error().get("reason"), equalTo(reason));
    }

    /** An index that an older plugin made learns the newer fields. */
    public void testOlderMappingIsBroughtUpToDate() throws Exception {
        client.admin()
                .indices()
                .prepareCreate(INDEX)
                .setMapping("{\"_meta\": {\"version\": 0}, \"dynamic\": \"strict\", \"properties\": {}}")
                .get();
        assertThat(ended(client, detach(client, "passages", 1024)).state(), equalTo(State.COMPLETED));
        assertMappingIsUpToDate();
    }

    public void testIndexWithoutMappingIsBroughtUpToDate() throws Exception {
        client.admin().indices().prepareCreate(INDEX).get();
        assertThat(ended(client, detach(client, "passages", 1024)).state(), equalTo(State.COMPLETED));
        assertMappingIsUpToDate();
    }

    /** What is kept comes back, and the fields have the types that lists are sorted by. */
    public void testIndexThatIsDeletedDuringAnEvaluationIsMadeAgain() throws Exception {
        HashEncoder.slowness = 20;
        Map<String, Object> started = detach(client, "passages", 16);
        client.admin().indices().prepareDelete(INDEX).get();
        HashEncoder.slowness = 0;
        assertNoTasks(client);
        assertThat(KeptEvaluations.get(client, id(started)).evaluation().state(), equalTo(State.COMPLETED));
        assertThat(KeptEvaluations.list(client, 0, 10).total(), equalTo(1L));
        assertMappingIsUpToDate();
    }

    private void assertMappingIsUpToDate() {
        Map<String, Object> mapping = client.admin()
                .indices()
                .prepareGetMappings(INDEX)
                .get()
                .mappings()
                .get(INDEX)
                .sourceAsMap();
        assertThat(mapping.get("_meta"), equalTo(Map.of("version", 1)));
    }

    public void testWhoMayNotReadTheIndexCannotEvaluate() throws Exception {
        CallersPlugin.REFUSED.put(EvaluateAction.NAME, "passages-questions");
        int calls = HashEncoder.CALLS.get();
        assertRefused(
                RestStatus.FORBIDDEN,
                "no permissions for [" + EvaluateAction.NAME + "]",
                () -> evaluate(client, "passages"));
        assertRefused(
                RestStatus.FORBIDDEN,
                "no permissions for [" + EvaluateAction.NAME + "]",
                () -> detach(client, "passages", 16));
        assertThat(HashEncoder.CALLS.get(), equalTo(calls));
        assertThat(actions(), not(hasItem(PassAction.NAME)));
        assertThat(actions(), not(hasItem(SearchAction.NAME)));
        assertThat(KeptEvaluations.list(client, 0, 10).total(), equalTo(0L));
    }

    /** The right to evaluate is not the right to search. */
    public void testWhoMayNotSearchCannotEvaluate() throws Exception {
        CallersPlugin.REFUSED.put(SearchAction.NAME, "passages-questions");
        assertRefused(
                RestStatus.FORBIDDEN,
                "no permissions for [" + SearchAction.NAME + "]",
                () -> evaluate(client, "passages"));
        KeptEvaluation ended = ended(client, detach(client, "passages", 16));
        assertThat(ended.state(), equalTo(State.FAILED));
        assertThat(ended.error().get("type"), equalTo("security_exception"));
        assertThat(ended.error().get("status"), equalTo(403));
    }

    public void testReadingAResultIsARightOfItsOwn() throws Exception {
        Map<String, Object> started = detach(client, "passages", 1024);
        ended(client, started);
        CallersPlugin.REFUSED.put(GET, "");
        assertRefused(
                RestStatus.FORBIDDEN,
                "no permissions for [" + GET + "]",
                () -> KeptEvaluations.get(client, id(started)));
        assertThat(KeptEvaluations.list(client, 0, 10).total(), equalTo(1L));
    }

    /** What is read is read as the caller; what is kept is kept as the plugin. */
    public void testEveryStepIsTheCallers() throws Exception {
        Client anna = client.filterWithHeader(Map.of(CallersPlugin.CALLER, "anna"));
        for (boolean wait : new boolean[] {true, false}) {
            CallersPlugin.CALLS.clear();
            EvaluateRequest request = new EvaluateRequest(spec("passages", 8), wait, true);
            Map<String, Object> answer =
                    anna.execute(EvaluateAction.INSTANCE, request).actionGet().sections();
            ended(client, answer);
            Set<String> annas = new HashSet<>();
            for (CallersPlugin.Call call : CallersPlugin.CALLS) {
                boolean ours =
                        call.indices().contains("passages") || call.indices().contains("passages-questions");
                boolean kept = call.indices().contains(INDEX);
                assertThat(call.toString(), ours && call.caller() == null, equalTo(false));
                assertThat(call.toString(), kept && call.caller() != null, equalTo(false));
                if ("anna".equals(call.caller())) {
                    annas.add(call.action());
                }
            }
            assertThat(
                    annas,
                    equalTo(Set.of(
                            EvaluateAction.NAME,
                            PassAction.NAME,
                            "indices:data/read/search",
                            "indices:data/read/scroll",
                            "indices:data/read/scroll/clear")));
        }
    }

    public void testHiddenPassagesAreNotThere() throws Exception {
        createCollection("mixed", 2, 0);
        indexPassages("mixed", 0, 30, false);
        indexPassages("mixed", 30, 10, true);
        indexQuestions("mixed", 20);
        Client blind = client.filterWithHeader(Map.of(CallersPlugin.NO_SECRETS, "true"));
        String visible = report(evaluate(client, "passages").sections());
        assertThat(report(evaluate(client, "mixed").sections()), not(equalTo(visible)));
        assertThat(report(evaluate(blind, "mixed").sections()), equalTo(visible));
        assertThat(report(ended(client, detach(blind, "mixed", 16)).result()), equalTo(visible));
    }

    private static Set<String> actions() {
        return CallersPlugin.CALLS.stream().map(CallersPlugin.Call::action).collect(Collectors.toSet());
    }

    private Set<String> keptIds() {
        return KeptEvaluations.list(client, 0, 100).evaluations().stream()
                .map(KeptEvaluation::id)
                .collect(Collectors.toSet());
    }

    private void writeRunning(String id, String process, String task, Instant started) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", id);
        document.put("state", "running");
        document.put("request", Map.of("index", "passages"));
        document.put("started", started.toString());
        document.put("node", "some node");
        document.put("process", process);
        document.put("task", task);
        KeptEvaluations.write(client, document);
    }

    private void set(String key, String value) {
        client.admin()
                .cluster()
                .prepareUpdateSettings()
                .setTransientSettings(Settings.builder().put(key, value))
                .get();
    }

    private static void assertRefused(RestStatus status, String message, ThrowingRunnable call) {
        Throwable failure = ExceptionsHelper.unwrapCause(expectThrows(Exception.class, call));
        assertThat(failure.getMessage(), containsString(message));
        assertThat(ExceptionsHelper.status(failure), equalTo(status));
    }
}
