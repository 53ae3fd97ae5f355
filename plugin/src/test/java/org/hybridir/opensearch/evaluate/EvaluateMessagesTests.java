package org.hybridir.opensearch.evaluate;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hybridir.measure.Golds;
import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.index.shard.ShardId;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.test.OpenSearchTestCase;

/** What goes over the wire between nodes arrives as it was sent. */
public class EvaluateMessagesTests extends OpenSearchTestCase {
    private static final float[][] VECTORS = {{0.6f, 0.8f}, {1f, 0f}};
    private static final Golds[] GOLDS = {
        new Golds(new float[] {0.9f, 0.5f}, new String[] {"b", "a"}, new int[] {1, 0}),
        new Golds(new float[0], new String[0], new int[0])
    };

    public void testRequest() throws IOException {
        EvaluateRequest request = new EvaluateRequest(
                EvaluationSpecTests.parse("{'index': 'i', 'judgements_index': 'j', 'languages': ['de']}"));
        EvaluateRequest read = copy(request, EvaluateRequest::new);
        assertThat(read, equalTo(request));
        assertThat(read.indices(), equalTo(new String[] {"i", "i-questions", "j"}));
        assertThat(
                read.createTask(1, "transport", EvaluateAction.NAME, TaskId.EMPTY_TASK_ID, Map.of()),
                instanceOf(EvaluateTask.class));
    }

    public void testHowTheResultIsWanted() throws IOException {
        EvaluationSpec spec = EvaluationSpecTests.parse("{'index': 'i'}");
        EvaluateRequest waitedFor = new EvaluateRequest(spec);
        EvaluateRequest kept = new EvaluateRequest(spec, true, true);
        EvaluateRequest detached = new EvaluateRequest(spec, false, true);
        assertThat(Set.of(waitedFor, kept, detached).size(), equalTo(3));
        for (EvaluateRequest request : List.of(waitedFor, kept, detached)) {
            assertThat(copy(request, EvaluateRequest::new), equalTo(request));
        }
    }

    public void testResponsesWithAnId() throws IOException {
        EvaluateResponse started = EvaluateResponse.started(new TaskId("node", 5), "id-1");
        assertThat(json(copy(started, EvaluateResponse::new)), equalTo("{\"task\":\"node:5\",\"id\":\"id-1\"}"));
        assertThat(
                json(new EvaluateResponse(7, Map.of("report", "r")).keptAs("id-2")),
                equalTo("{\"id\":\"id-2\",\"took\":7,\"report\":\"r\"}"));
    }

    public void testResponse() throws IOException {
        Map<String, Object> sections = new LinkedHashMap<>();
        sections.put("phases_ms", new LinkedHashMap<>(Map.of("ranking", 3L)));
        sections.put("report", new LinkedHashMap<>(Map.of("languages", List.of("de"))));
        EvaluateResponse response = new EvaluateResponse(7, sections);
        EvaluateResponse read = copy(response, EvaluateResponse::new);
        assertThat(read, equalTo(response));
        assertThat(
                json(read), equalTo("{\"took\":7,\"phases_ms\":{\"ranking\":3},\"report\":{\"languages\":[\"de\"]}}"));
    }

    public void testPasses() throws IOException {
        assertThat(sent(new Pass.Survey()), instanceOf(Pass.Survey.class));
        Pass.Gather gather = (Pass.Gather) sent(new Pass.Gather(List.of("q", "r"), null, VECTORS));
        assertThat(gather.questionIds(), equalTo(List.of("q", "r")));
        assertNull(gather.judged());
        assertThat(gather.vectors(), equalTo(VECTORS));
        List<List<String>> judged = List.of(List.of("p"), List.of());
        assertThat(((Pass.Gather) sent(new Pass.Gather(List.of("q", "r"), judged, VECTORS))).judged(), equalTo(judged));
        Pass.Count count = (Pass.Count) sent(new Pass.Count(GOLDS, VECTORS));
        assertGolds(count.golds());
        assertThat(count.vectors(), equalTo(VECTORS));
    }

    private static Pass sent(Pass pass) throws IOException {
        PassRequest request = new PassRequest(
                "i", "preference", new PassageFields("v", 2), List.of("de", "en"), new long[] {-5, 7}, pass);
        PassRequest read = copy(request, PassRequest::new);
        assertThat(read.indices(), equalTo(new String[] {"i"}));
        assertThat(read.indicesOptions(), equalTo(request.indicesOptions()));
        assertThat(read.preference(), equalTo("preference"));
        assertThat(read.fields(), equalTo(request.fields()));
        assertThat(read.languages(), equalTo(request.languages()));
        assertThat(read.fingerprints(), equalTo(new long[] {-5, 7}));
        ShardPassRequest shard = copy(new ShardPassRequest(new ShardId("i", "uuid", 1), read), ShardPassRequest::new);
        assertThat(shard.shardId(), equalTo(new ShardId("i", "uuid", 1)));
        assertThat(shard.fields(), equalTo(request.fields()));
        assertThat(shard.languages(), equalTo(request.languages()));
        assertThat(shard.fingerprint(), equalTo(pass instanceof Pass.Survey ? 0L : 7L));
        return shard.pass();
    }

    public void testResults() throws IOException {
        PassResult.Surveyed surveyed = new PassResult.Surveyed(-3, Map.of("de", 4L), 1, 2);
        assertThat(answered(surveyed), equalTo(surveyed));
        assertGolds(((PassResult.Gathered) answered(new PassResult.Gathered(GOLDS))).golds());
        int[][][] counts = {{{1, 2}, {3, 4}}, {}};
        assertThat(((PassResult.Counted) answered(new PassResult.Counted(counts))).counts(), equalTo(counts));
    }

    private static PassResult answered(PassResult result) throws IOException {
        ShardId id = new ShardId("i", "uuid", 1);
        ShardPassResponse shard = copy(new ShardPassResponse(id, result), ShardPassResponse::new);
        assertThat(shard.getShardId(), equalTo(id));
        PassResponse response = copy(new PassResponse(List.of(shard.result())), PassResponse::new);
        assertThat(response.getTotalShards(), equalTo(1));
        return response.results(PassResult.class).get(0);
    }

    private static String json(ToXContent message) throws IOException {
        return message.toXContent(XContentFactory.jsonBuilder(), ToXContent.EMPTY_PARAMS)
                .toString();
    }

    private static void assertGolds(Golds[] golds) {
        assertThat(golds.length, equalTo(GOLDS.length));
        for (int i = 0; i < golds.length; i++) {
            assertThat(golds[i].scores(), equalTo(GOLDS[i].scores()));
            assertThat(golds[i].ids(), equalTo(GOLDS[i].ids()));
            assertThat(golds[i].languages(), equalTo(GOLDS[i].languages()));
        }
    }

    private static <T extends Writeable> T copy(T message, Writeable.Reader<T> reader) throws IOException {
        try (BytesStreamOutput out = new BytesStreamOutput()) {
            message.writeTo(out);
            return reader.read(out.bytes().streamInput());
        }
    }
}
