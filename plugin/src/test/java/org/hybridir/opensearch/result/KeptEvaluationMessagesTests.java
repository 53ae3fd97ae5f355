package org.hybridir.opensearch.result;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hybridir.compare.ComparedResult;
import org.hybridir.compare.Comparison;
import org.hybridir.compare.ComparisonTable;
import org.hybridir.compare.PairedTest;
import org.hybridir.measure.QuestionValues;
import org.hybridir.measure.Setting;
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

    public void testOnlyOneThatIsCompletedHasAResult() {
        OpenSearchStatusException e =
                expectThrows(OpenSearchStatusException.class, () -> RUNNING.requireResult("shown as [txt]"));
        assertThat(e.status(), equalTo(RestStatus.CONFLICT));
        assertThat(
                e.getMessage(),
                equalTo("evaluation [id-1] is [running], only a completed one can be shown as [txt]:"
                        + " GET _hybrid_ir/_evaluate/id-1 shows what became of it"));
        assertThat(RUNNING.completed(Map.of("took", 7)).requireResult("compared"), equalTo(Map.of("took", 7)));
    }

    /** They are stored in any case, and shown if asked for. */
    public void testEachQuestionsOwnValues() throws IOException {
        Map<String, Object> questions = new LinkedHashMap<>();
        questions.put("index", "i-questions");
        questions.putAll(new QuestionValues(
                        List.of("q1"), List.of("de"), Map.of("AP", Map.of(Setting.MONOLINGUAL, List.of(0.5))))
                .toMap());
        questions.put("evaluated", 1);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("took", 7);
        result.put("questions", questions);
        result.put("report", Map.of());
        KeptEvaluation completed = RUNNING.completed(result);
        String with =
                "\"result\":{\"took\":7,\"questions\":{\"index\":\"i-questions\",\"ids\":[\"q1\"],\"languages\":[\"de\"],"
                        + "\"measures\":{\"AP\":{\"monolingual\":[0.5]}},\"evaluated\":1},\"report\":{}}}";
        String without =
                "\"result\":{\"took\":7,\"questions\":{\"index\":\"i-questions\",\"evaluated\":1},\"report\":{}}}";
        assertThat(stored(completed).utf8ToString(), endsWith(with));
        GetEvaluationResponse response = new GetEvaluationResponse(completed, null);
        assertThat(shown(response, Map.of()), endsWith(without));
        assertThat(shown(response, Map.of("per_question", "true")), endsWith(with));
        assertThat(response.evaluation().result(), equalTo(result));
        assertThat(QuestionSection.withoutValues(Map.of("took", 7)), equalTo(Map.of("took", 7)));
    }

    private static String shown(GetEvaluationResponse response, Map<String, String> params) throws IOException {
        return response.toXContent(XContentFactory.jsonBuilder(), new ToXContent.MapParams(params))
                .toString();
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

    public void testComparisonRequest() throws IOException {
        CompareEvaluationsRequest request =
                new CompareEvaluationsRequest(List.of("a", "b"), List.of("x", "y"), List.of("AP"));
        CompareEvaluationsRequest read = copy(request, CompareEvaluationsRequest::new);
        assertThat(read, equalTo(request));
        assertThat(List.of(read.ids(), read.names(), read.measures()).toString(), equalTo("[[a, b], [x, y], [AP]]"));
        assertThat(
                new CompareEvaluationsRequest(List.of("a", "b"), List.of(), List.of()).names(),
                equalTo(List.of("a", "b")));
        assertRefused(
                "[ids] names [0] evaluations, allowed are 2 to 10: GET _hybrid_ir/_evaluate lists those that are kept",
                Map.of());
        assertRefused(
                "[ids] names [1] evaluations, allowed are 2 to 10: GET _hybrid_ir/_evaluate lists those that are kept",
                Map.of("ids", "a"));
        assertRefused(
                "[ids] names [11] evaluations, allowed are 2 to 10: GET _hybrid_ir/_evaluate lists those that are kept",
                Map.of("ids", "a,b,c,d,e,f,g,h,i,j,k"));
        assertRefused(
                "[names] has [3] names for [2] ids: give one for each, or leave out [names]",
                Map.of("ids", "a,b", "names", "x,y,z"));
        assertRefused(
                "[format] is [html], a comparison is shown as one of [json, txt]",
                Map.of("ids", "a,b", "format", "html"));
    }

    private void assertRefused(String message, Map<String, String> params) {
        RestRequest request = new FakeRestRequest.Builder(xContentRegistry())
                .withParams(params)
                .build();
        IllegalArgumentException e = expectThrows(
                IllegalArgumentException.class, () -> new RestCompareEvaluationsAction().prepareRequest(request, null));
        assertThat(e.getMessage(), equalTo(message));
    }

    public void testComparisonResponse() throws IOException {
        QuestionValues values = new QuestionValues(
                List.of("q1", "q2"), List.of("de", "de"), Map.of("AP", Map.of(Setting.MONOLINGUAL, List.of(0.5, 1.0))));
        Comparison comparison = Comparison.of(
                List.of(new ComparedResult("a", "", Map.of(), values), new ComparedResult("b", "", Map.of(), values)),
                List.of(),
                PairedTest.standard());
        CompareEvaluationsResponse response = new CompareEvaluationsResponse(comparison);
        CompareEvaluationsResponse read = copy(response, CompareEvaluationsResponse::new);
        assertThat(read, equalTo(response));
        assertThat(read.table(), equalTo(ComparisonTable.render(comparison)));
        assertThat(read.comparison(), equalTo(comparison.toMap()));
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
