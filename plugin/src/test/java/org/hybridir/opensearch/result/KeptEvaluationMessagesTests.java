package org.hybridir.opensearch.result;

import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hybridir.opensearch.result.KeptEvaluation.State;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.rest.RestRequest;
import org.opensearch.test.OpenSearchTestCase;
import org.opensearch.test.rest.FakeRestRequest;

/** What is stored, sent and shown is what was given. */
public class KeptEvaluationMessagesTests extends OpenSearchTestCase {
    private static final KeptEvaluation RUNNING = new KeptEvaluation(
            "id-1",
            State.RUNNING,
            Map.of("index", "i"),
            Instant.parse("2026-03-01T12:00:00.005Z"),
            null,
            "node-1",
            "process",
            "node:5",
            null,
            null);

    public void testStates() throws IOException {
        KeptEvaluation completed = RUNNING.completed(Map.of("took", 7));
        KeptEvaluation cancelled = RUNNING.ended(new TaskCancelledException("stop"));
        KeptEvaluation failed = RUNNING.ended(new OpenSearchStatusException("index [i] changed", RestStatus.CONFLICT));
        KeptEvaluation lost = RUNNING.lost(new IllegalStateException("gone"));
        assertThat(
                List.of(completed.state(), cancelled.state(), failed.state(), lost.state()),
                equalTo(List.of(State.COMPLETED, State.CANCELLED, State.FAILED, State.FAILED)));
        assertThat(cancelled.error().get("reason"), equalTo("stop"));
        assertThat(
                failed.error(),
                equalTo(Map.of("type", "status_exception", "reason", "index [i] changed", "status", 409)));
        assertNull(lost.ended());
        for (KeptEvaluation evaluation : List.of(RUNNING, completed, cancelled, failed, lost)) {
            assertThat(copy(evaluation, KeptEvaluation::new), equalTo(evaluation));
            assertThat(KeptEvaluation.of(stored(evaluation)), equalTo(evaluation));
        }
    }

    public void testShown() throws IOException {
        assertThat(
                RUNNING.toXContent(XContentFactory.jsonBuilder(), ToXContent.EMPTY_PARAMS)
                        .toString(),
                equalTo("{\"id\":\"id-1\",\"state\":\"running\",\"request\":{\"index\":\"i\"},"
                        + "\"started\":\"2026-03-01T12:00:00.005Z\",\"node\":\"node-1\",\"process\":\"process\","
                        + "\"task\":\"node:5\"}"));
    }

    public void testOnlyAResultCanBeShownAsText() {
        OpenSearchStatusException e =
                expectThrows(OpenSearchStatusException.class, () -> RUNNING.requireResult(ResultFormat.TXT));
        assertThat(e.status(), equalTo(RestStatus.CONFLICT));
        assertThat(
                e.getMessage(),
                equalTo(
                        "evaluation [id-1] is [running], only a completed one can be shown as [txt]: leave out [format] to"
                                + " see what became of it"));
        assertThat(RUNNING.completed(Map.of("took", 7)).requireResult(ResultFormat.TXT), equalTo(Map.of("took", 7)));
    }

    public void testRequests() throws IOException {
        assertThat(copy(new EvaluationIdRequest("a"), EvaluationIdRequest::new), equalTo(new EvaluationIdRequest("a")));
        ListEvaluationsRequest list = new ListEvaluationsRequest(3, 5);
        ListEvaluationsRequest read = copy(list, ListEvaluationsRequest::new);
        assertThat(read, equalTo(list));
        assertThat(List.of(read.from(), read.size()), equalTo(List.of(3, 5)));
        assertRefused("[from] is [-1], allowed are 0 to 9000", -1, 5);
        assertRefused("[from] is [9001], allowed are 0 to 9000", 9001, 5);
        assertRefused("[size] is [0], allowed are 1 to 1000", 0, 0);
        assertRefused("[size] is [1001], allowed are 1 to 1000", 0, 1001);
    }

    private static void assertRefused(String message, int from, int size) {
        IllegalArgumentException e =
                expectThrows(IllegalArgumentException.class, () -> new ListEvaluationsRequest(from, size));
        assertThat(e.getMessage(), equalTo(message));
    }

    public void testResponses() throws IOException {
        GetEvaluationResponse one = new GetEvaluationResponse(RUNNING, null);
        assertThat(copy(one, GetEvaluationResponse::new), equalTo(one));
        ListEvaluationsResponse list = new ListEvaluationsResponse(9, List.of(RUNNING, RUNNING));
        assertThat(copy(list, ListEvaluationsResponse::new), equalTo(list));
    }

    public void testFormats() {
        assertThat(format(null), equalTo(ResultFormat.JSON));
        assertThat(format("json"), equalTo(ResultFormat.JSON));
        assertThat(format("yaml"), equalTo(ResultFormat.JSON));
        assertThat(format("txt"), equalTo(ResultFormat.TXT));
        assertThat(format("markdown"), equalTo(ResultFormat.MARKDOWN));
        assertThat(format("html"), equalTo(ResultFormat.HTML));
        IllegalArgumentException e = expectThrows(IllegalArgumentException.class, () -> format("pdf"));
        assertThat(e.getMessage(), equalTo("unknown format [pdf], known ones [json, txt, markdown, html]"));
    }

    private ResultFormat format(String given) {
        FakeRestRequest.Builder request = new FakeRestRequest.Builder(xContentRegistry());
        RestRequest built = given == null
                ? request.build()
                : request.withParams(Map.of("format", given)).build();
        return ResultFormat.of(built);
    }

    private static BytesReference stored(KeptEvaluation evaluation) throws IOException {
        return BytesReference.bytes(evaluation.toXContent(XContentFactory.jsonBuilder(), ToXContent.EMPTY_PARAMS));
    }

    private static <T extends Writeable> T copy(T message, Writeable.Reader<T> reader) throws IOException {
        try (BytesStreamOutput out = new BytesStreamOutput()) {
            message.writeTo(out);
            return reader.read(out.bytes().streamInput());
        }
    }
}
