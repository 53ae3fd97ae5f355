package org.hybridir.opensearch.evaluate;

import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.startsWith;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import org.hybridir.measure.QuestionValues;
import org.hybridir.measure.Setting;
import org.hybridir.opensearch.EvaluationThreads;
import org.hybridir.opensearch.result.CompareEvaluationsResponse;
import org.hybridir.opensearch.result.KeptEvaluation;
import org.hybridir.opensearch.result.KeptEvaluation.State;
import org.hybridir.opensearch.result.KeptEvaluations;
import org.junit.After;
import org.junit.Before;
import org.opensearch.ExceptionsHelper;
import org.opensearch.common.CheckedSupplier;
import org.opensearch.common.action.ActionFuture;
import org.opensearch.common.xcontent.support.XContentMapValues;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.test.OpenSearchIntegTestCase;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;

/** Evaluations that are kept, compared with each other. */
@OpenSearchIntegTestCase.ClusterScope(
        scope = OpenSearchIntegTestCase.Scope.SUITE,
        numDataNodes = 1,
        numClientNodes = 0,
        supportsDedicatedMasters = false)
public class ComparedEvaluationTests extends LongEvaluationTestCase {
    private static final String INDEX = ".hybrid-ir-evaluations";
    private static final String GET = "cluster:admin/opensearch/hybrid_ir/evaluate/get";
    private static final String COMPARE = "cluster:admin/opensearch/hybrid_ir/evaluate/compare";

    private Client client;
    /** Of an evaluation of this plugin. */
    private String measured;

    @Before
    public void keepOne() throws Exception {
        client = internalCluster().client();
        createCollection("passages", 2, 0);
        indexPassages("passages", 0, 30, false);
        indexQuestions("passages", 20);
        measured = id(keep("'per_question': false"));
    }

    @After
    public void deleteKept() throws Exception {
        assertNoTasks(client);
        client.admin().indices().prepareDelete(INDEX).get();
    }

    private Map<String, Object> keep(String more) throws Exception {
        EvaluationSpec spec = EvaluationSpecTests.parse("{'index': 'passages', " + more + "}");
        return client.execute(EvaluateAction.INSTANCE, new EvaluateRequest(spec, true, true))
                .actionGet()
                .sections();
    }

    /** The answer has them if they were asked for, what is kept has them always. */
    public void testKeptOnesHaveEachQuestionsOwnValues() throws Exception {
        List<String> about = List.of("index", "evaluated", "truncated");
        List<String> all = List.of("index", "evaluated", "truncated", "ids", "languages", "measures");
        Map<String, Object> without = keep("'per_question': false");
        Map<String, Object> with = keep("'per_question': true");
        assertThat(keys(without), equalTo(about));
        assertThat(keys(with), equalTo(all));
        KeptEvaluation detached = ended(client, detach(client, "passages", 16));
        List<KeptEvaluation> kept = List.of(
                KeptEvaluations.get(client, id(without)).evaluation(),
                KeptEvaluations.get(client, id(with)).evaluation(),
                detached);
        for (KeptEvaluation one : kept) {
            assertThat(keys(one.result()), equalTo(all));
            assertThat(((List<?>) XContentMapValues.extractValue("questions.ids", one.result())).size(), equalTo(40));
        }
    }

    private static List<String> keys(Map<String, Object> result) {
        return ((Map<?, ?>) result.get("questions"))
                .keySet().stream().map(Object::toString).toList();
    }

    public void testComparedWithItself() throws Exception {
        String again = id(keep("'measures': ['AP']"));
        Map<String, Object> comparison = KeptEvaluations.compare(client, List.of(measured, again), List.of())
                .actionGet()
                .comparison();
        Map<?, ?> result = (Map<?, ?>) ((List<?>) comparison.get("results")).get(0);
        assertThat(result.get("about"), equalTo("hash on passages"));
        Map<String, Object> pair = pair(comparison);
        assertThat(pair.get("questions"), equalTo(Map.of("compared", 40, "only_a", 0, "only_b", 0)));
        assertThat(((Map<?, ?>) pair.get("measures")).keySet().toString(), equalTo("[AP]"));
        for (String setting : List.of("monolingual", "cross_lingual", "multilingual")) {
            assertThat(value(pair, setting, "questions"), equalTo(20));
            assertThat(value(pair, setting, "difference"), equalTo(0.0));
            assertThat(value(pair, setting, "p"), equalTo(1.0));
        }
    }

    /** Differences .125, .25 and .375: of the eight patterns of signs, two are as extreme. */
    public void testDifference() {
        write("a", List.of("q1", "q2", "q3"), List.of(0.5, 0.5, 1.0));
        write("b", List.of("q1", "q2", "q3", "q4"), List.of(0.375, 0.25, 0.625, 1.0));
        CompareEvaluationsResponse response = KeptEvaluations.compare(client, List.of("a", "b"), List.of("AP"))
                .actionGet();
        Map<String, Object> pair = pair(response.comparison());
        assertThat(pair.get("questions"), equalTo(Map.of("compared", 3, "only_a", 0, "only_b", 1)));
        assertThat((Double) value(pair, "monolingual", "difference"), closeTo(0.25, 1e-15));
        assertThat(value(pair, "monolingual", "p"), equalTo(0.25));
        assertThat(value(pair, "monolingual", "p_holm"), equalTo(0.25));
        assertThat(response.table(), startsWith("A = a\nB = b\n3 questions compared"));
    }

    @SuppressWarnings("unchecked") // of Comparison.toMap
    private static Map<String, Object> pair(Map<String, Object> comparison) {
        List<?> pairs = (List<?>) comparison.get("pairs");
        assertThat(pairs.size(), equalTo(1));
        return (Map<String, Object>) pairs.get(0);
    }

    private static Object value(Map<String, Object> pair, String setting, String key) {
        return XContentMapValues.extractValue("measures.AP." + setting + "." + key, pair);
    }

    public void testRefusals() throws Exception {
        assertRefused(
                RestStatus.NOT_FOUND,
                "no evaluation [nowhere] is kept: GET _hybrid_ir/_evaluate lists those that are",
                List.of(measured, "nowhere"));
        String failed = failed();
        assertRefused(
                RestStatus.CONFLICT,
                "evaluation [" + failed
                        + "] is [failed], only a completed one can be compared: GET _hybrid_ir/_evaluate/" + failed
                        + " shows what became of it",
                List.of(measured, failed));
        write("other", List.of("other question"), List.of(0.5));
        assertRefused(
                RestStatus.BAD_REQUEST,
                "results [" + measured + "] and [other] have no question in common; compare results on the same"
                        + " collection and languages",
                List.of(measured, "other"));
        assertRefused(
                RestStatus.BAD_REQUEST,
                "two results are named [other]; give each a name of its own",
                List.of("other", "other"));
        write("other", Map.of("took", 7));
        assertRefused(
                RestStatus.BAD_REQUEST,
                "result [other] has no section [questions] with each question's own values",
                List.of(measured, "other"));
    }

    private String failed() throws Exception {
        EvaluationSpec spec = EvaluationSpecTests.parse("{'index': 'passages', 'languages': ['xx']}");
        Map<String, Object> started = client.execute(EvaluateAction.INSTANCE, new EvaluateRequest(spec, false, true))
                .actionGet()
                .sections();
        assertThat(ended(client, started).state(), equalTo(State.FAILED));
        return id(started);
    }

    public void testMeasureThatOneLacks() throws Exception {
        String other = id(keep("'measures': ['AP']"));
        Exception failure = expectThrows(
                Exception.class, () -> KeptEvaluations.compare(client, List.of(measured, other), List.of("RR"))
                        .actionGet());
        assertThat(
                ExceptionsHelper.unwrapCause(failure).getMessage(),
                equalTo("measure [RR] is not in both results [" + measured + "] and [" + other + "]; both have [AP]"));
    }

    public void testOneThatRunsIsNotCompared() throws Exception {
        Map<String, Object> running = whileThreadsAreBusy(() -> {
            Map<String, Object> started = detach(client, "passages", 16);
            assertRefused(
                    RestStatus.CONFLICT,
                    "evaluation [" + id(started) + "] is [running], only a completed one can be compared",
                    List.of(measured, id(started)));
            return started;
        });
        assertThat(ended(client, running).state(), equalTo(State.COMPLETED));
    }

    /** Who may compare, but not read results, sees nothing of them. */
    public void testWhoMayNotReadResultsCannotCompareThem() {
        for (String action : List.of(GET, COMPARE)) {
            CallersPlugin.REFUSED.clear();
            CallersPlugin.REFUSED.put(action, "");
            assertRefused(RestStatus.FORBIDDEN, "no permissions for [" + action + "]", List.of(measured, measured));
        }
    }

    public void testResultsAreReadAsTheCaller() {
        write("a", List.of("q1"), List.of(0.5));
        write("b", List.of("q1"), List.of(0.5));
        CallersPlugin.CALLS.clear();
        Client anna = client.filterWithHeader(Map.of(CallersPlugin.CALLER, "anna"));
        KeptEvaluations.compare(anna, List.of("a", "b"), List.of()).actionGet();
        List<String> annas = CallersPlugin.CALLS.stream()
                .filter(call -> "anna".equals(call.caller()))
                .map(CallersPlugin.Call::action)
                .toList();
        assertThat(annas, equalTo(List.of(COMPARE, GET, GET)));
    }

    public void testCancelled() throws Exception {
        write("a", List.of("q1"), List.of(0.5));
        write("b", List.of("q1"), List.of(0.5));
        ActionFuture<CompareEvaluationsResponse> cancelled = whileThreadsAreBusy(() -> {
            ActionFuture<CompareEvaluationsResponse> queued =
                    KeptEvaluations.compare(client, List.of("a", "b"), List.of());
            assertBusy(() -> assertThat(threads().getQueue().size(), equalTo(1)));
            client.admin().cluster().prepareCancelTasks().setActions(COMPARE).get();
            return queued;
        });
        Throwable failure = ExceptionsHelper.unwrapCause(expectThrows(Exception.class, cancelled::actionGet));
        assertThat(failure, instanceOf(TaskCancelledException.class));
        assertThat(failure.getMessage(), equalTo("the comparison was cancelled [by user request]"));
    }

    private static <T> T whileThreadsAreBusy(CheckedSupplier<T, Exception> step) throws Exception {
        ThreadPoolExecutor threads = threads();
        CountDownLatch busy = new CountDownLatch(threads.getMaximumPoolSize());
        CountDownLatch goOn = new CountDownLatch(1);
        for (long thread = busy.getCount(); thread > 0; thread--) {
            threads.execute(() -> {
                busy.countDown();
                await(goOn);
            });
        }
        busy.await();
        try {
            return step.get();
        } finally {
            goOn.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static ThreadPoolExecutor threads() {
        return (ThreadPoolExecutor)
                internalCluster().getInstance(ThreadPool.class).executor(EvaluationThreads.NAME);
    }

    /** A completed evaluation, of one measure in one setting and language. */
    private void write(String id, List<String> questions, List<Double> values) {
        write(
                id,
                Map.of(
                        "questions",
                        new QuestionValues(
                                        questions,
                                        Collections.nCopies(questions.size(), "de"),
                                        Map.of("AP", Map.of(Setting.MONOLINGUAL, values)))
                                .toMap()));
    }

    private void write(String id, Map<String, Object> result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", id);
        document.put("state", "completed");
        document.put("request", Map.of("index", "passages"));
        document.put("started", Instant.now().toString());
        document.put("node", "some node");
        document.put("process", "some process");
        document.put("task", "node:1");
        document.put("result", result);
        KeptEvaluations.write(client, document);
    }

    private void assertRefused(RestStatus status, String message, List<String> ids) {
        Throwable failure = ExceptionsHelper.unwrapCause(
                expectThrows(Exception.class, () -> KeptEvaluations.compare(client, ids, List.of())
                        .actionGet()));
        assertThat(failure.getMessage(), startsWith(message));
        assertThat(ExceptionsHelper.status(failure), equalTo(status));
    }
}
