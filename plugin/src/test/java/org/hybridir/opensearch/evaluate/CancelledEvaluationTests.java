package org.hybridir.opensearch.evaluate;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hybridir.opensearch.encoder.HashEncoder;
import org.hybridir.opensearch.result.KeptEvaluation;
import org.hybridir.opensearch.result.KeptEvaluation.State;
import org.opensearch.ExceptionsHelper;
import org.opensearch.action.admin.indices.stats.IndicesStatsResponse;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.test.OpenSearchIntegTestCase;
import org.opensearch.transport.client.Client;

/** Cancelled whenever it may be, an evaluation leaves nothing behind but that it was cancelled. */
@OpenSearchIntegTestCase.ClusterScope(
        scope = OpenSearchIntegTestCase.Scope.SUITE,
        numDataNodes = 2,
        numClientNodes = 0,
        supportsDedicatedMasters = false)
public class CancelledEvaluationTests extends LongEvaluationTestCase {
    private static final int MOMENTS = 20;

    public void testCancelledAtAnyMoment() throws Exception {
        Client client = internalCluster().client();
        createCollection("passages", 3, 0);
        indexPassages("passages", 0, 400, false);
        indexQuestions("passages", 100);
        String report = report(evaluate(client, "passages").sections());
        int cancelled = 0;
        for (int moment = 0; moment < MOMENTS; moment++) {
            HashEncoder.slowness = randomIntBetween(0, 3);
            Map<String, Object> started = detach(client, "passages", randomIntBetween(8, 128));
            Thread.sleep(randomIntBetween(0, 120));
            cancel(client, (String) started.get("task"));
            KeptEvaluation ended = ended(client, started);
            if (ended.state() == State.CANCELLED) {
                assertThat(ended.error().get("reason"), equalTo("the evaluation was cancelled [by user request]"));
                assertNull(ended.result());
                cancelled++;
            } else { // it was faster
                assertThat(ended.state(), equalTo(State.COMPLETED));
                assertThat(report(ended.result()), equalTo(report));
            }
        }
        assertThat("cancelled", cancelled, greaterThan(MOMENTS / 2));
        assertNothingLeft(client);
    }

    /** What waits for the encoder is withdrawn from it, and who cancels need not wait for it. */
    public void testEndsWhileTheEncoderIsBusy() throws Exception {
        Client client = internalCluster().client();
        createCollection("passages", 1, 0);
        indexPassages("passages", 0, 80, false);
        indexQuestions("passages", 80);
        HashEncoder.slowness = 500; // 160 questions take more than a minute
        Map<String, Object> detached = detach(client, "passages", 256);
        var waited = client.execute(EvaluateAction.INSTANCE, new EvaluateRequest(spec("passages", 256)));
        Map<String, Object> third = detach(client, "passages", 256);
        assertBusy(() -> assertThat(
                tasks(client).stream()
                        .filter(task -> task.getStatus() instanceof EvaluationStatus status
                                && status.phase() == EvaluationStatus.Phase.ENCODING)
                        .count(),
                equalTo(3L)));
        assertBusy(() -> assertThat(HashEncoder.WAITING.get(), greaterThan(0)));
        client.admin()
                .cluster()
                .prepareCancelTasks()
                .setActions(EvaluateAction.NAME)
                .get();
        Throwable failure = ExceptionsHelper.unwrapCause(expectThrows(Exception.class, waited::actionGet));
        assertThat(failure, instanceOf(TaskCancelledException.class));
        assertThat(failure.getMessage(), containsString("the evaluation was cancelled [by user request]"));
        assertBusy(() -> assertThat(HashEncoder.WAITING.get(), equalTo(0)), 2, TimeUnit.SECONDS);
        assertThat(ended(client, detached).state(), equalTo(State.CANCELLED));
        assertThat(ended(client, third).state(), equalTo(State.CANCELLED));
        assertNothingLeft(client);
    }

    private static void cancel(Client client, String task) {
        client.admin()
                .cluster()
                .prepareCancelTasks()
                .setTaskId(new TaskId(task))
                .get();
    }

    private void assertNothingLeft(Client client) throws Exception {
        assertNoTasks(client);
        assertBusy(() -> assertThat(openContexts(client), equalTo(0L)));
        assertBusy(() -> assertThat(HashEncoder.WAITING.get(), equalTo(0)));
    }

    private static long openContexts(Client client) {
        IndicesStatsResponse stats =
                client.admin().indices().prepareStats().clear().setSearch(true).get();
        return stats.getTotal().getSearch().getOpenContexts();
    }
}
