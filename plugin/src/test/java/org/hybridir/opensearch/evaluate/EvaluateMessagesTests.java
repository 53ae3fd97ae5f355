package org.hybridir.opensearch.evaluate;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hybridir.measure.Gold;
import org.hybridir.measure.Golds;
import org.hybridir.measure.Hit;
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
        new Golds(List.of(new Gold("b", 1, 3, 0.9f), new Gold("a", 0, 1, 0.5f))), new Golds(List.of())
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
        List<Map<String, Integer>> judged = List.of(Map.of("p", 2), Map.of());
        assertThat(((Pass.Gather) sent(new Pass.Gather(List.of("q", "r"), judged, VECTORS))).judged(), equalTo(judged));
        Pass.Count count = (Pass.Count) sent(new Pass.Count(GOLDS, 10, VECTORS));
        assertThat(count.golds(), equalTo(GOLDS));
        assertThat(count.hits(), equalTo(10));
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
        assertThat(((PassResult.Gathered) answered(new PassResult.Gathered(GOLDS))).golds(), equalTo(GOLDS));
        int[][][] counts = {{{1, 2}, {3, 4}}, {}};
        List<List<Hit>> hits = List.of(List.of(new Hit("b", 1, 0.9f), new Hit("c", 0, 0.5f)), List.of());
        PassResult.Counted counted = (PassResult.Counted) answered(new PassResult.Counted(counts, hits));
        assertThat(counted.counts(), equalTo(counts));
        assertThat(counted.hits(), equalTo(hits));
    }

    /** Ties go by id, whatever shard a passage is on. */
    public void testShardsAnswersAreMerged() {
        PassResult.Counted one = new PassResult.Counted(
                new int[][][] {{{1, 2}}}, List.of(List.of(new Hit("b", 0, 0.9f), new Hit("d", 1, 0.5f))));
        PassResult.Counted two = new PassResult.Counted(
                new int[][][] {{{3, 0}}}, List.of(List.of(new Hit("a", 1, 0.9f), new Hit("c", 0, 0.7f))));
        assertThat(
                PassResult.Counted.merge(List.of(one, two), 3),
                equalTo(List.of(List.of(new Hit("a", 1, 0.9f), new Hit("b", 0, 0.9f), new Hit("c", 0, 0.7f)))));
        assertThat(PassResult.Counted.sum(List.of(one, two)), equalTo(new int[][][] {{{4, 2}}}));
        Gold first = new Gold("b", 1, 3, 0.9f);
        Gold second = new Gold("a", 0, 1, 0.5f);
        assertThat(
                PassResult.Gathered.merge(List.of(
                        new PassResult.Gathered(new Golds[] {new Golds(List.of(second))}),
                        new PassResult.Gathered(new Golds[] {new Golds(List.of(first))}))),
                equalTo(new Golds[] {new Golds(List.of(first, second))}));
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

    private static <T extends Writeable> T copy(T message, Writeable.Reader<T> reader) throws IOException {
        try (BytesStreamOutput out = new BytesStreamOutput()) {
            message.writeTo(out);
            return reader.read(out.bytes().streamInput());
        }
    }
}
