package org.hybridir.opensearch.evaluate;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.opensearch.test.hamcrest.OpenSearchAssertions.assertAcked;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.hybridir.encoder.TextRole;
import org.hybridir.opensearch.HybridIrSettings;
import org.hybridir.opensearch.VectorFieldTestPlugin;
import org.hybridir.opensearch.encoder.HashEncoder;
import org.hybridir.opensearch.encoder.HashEncodersPlugin;
import org.hybridir.opensearch.result.KeptEvaluation;
import org.hybridir.opensearch.result.KeptEvaluations;
import org.junit.After;
import org.junit.Before;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.plugins.Plugin;
import org.opensearch.tasks.TaskInfo;
import org.opensearch.test.OpenSearchIntegTestCase;
import org.opensearch.transport.client.Client;

/** The plugin as it is, but for encoders that need no native library; small collections whose vectors are by chance. */
@LuceneTestCase.SuppressFileSystems("ExtrasFS") // its random extra folders would be encoders
public abstract class LongEvaluationTestCase extends OpenSearchIntegTestCase {
    static final String ENCODER = "hash";
    private static final int DIMENSION = 8;
    private static final List<String> LANGUAGES = List.of("de", "en");

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(VectorFieldTestPlugin.class, HashEncodersPlugin.class, CallersPlugin.class);
    }

    @Override
    protected Path nodeConfigPath(int ordinal) {
        return HashEncoder.addTo(createTempDir(), ENCODER, DIMENSION);
    }

    /** Without a cache: a test that repeats the questions of another one wants them to be encoded again. */
    @Override
    protected Settings nodeSettings(int ordinal) {
        return Settings.builder()
                .put(super.nodeSettings(ordinal))
                .put(HybridIrSettings.QUERY_CACHE_SIZE.getKey(), "0b")
                .build();
    }

    @Before
    public void forgetCallers() {
        CallersPlugin.CALLS.clear();
        CallersPlugin.REFUSED.clear();
    }

    @After
    public void speedUp() {
        HashEncoder.slowness = 0;
        CallersPlugin.REFUSED.clear();
    }

    /** An index of passages and one of questions, with as many shards and copies each. */
    void createCollection(String index, int shards, int replicas) throws Exception {
        Settings.Builder settings = Settings.builder()
                .put("index.number_of_shards", shards)
                .put("index.number_of_replicas", replicas)
                .put("index.unassigned.node_left.delayed_timeout", "0s");
        assertAcked(prepareCreate(index + "-questions")
                .setSettings(settings)
                .setMapping("question_id", "type=keyword", "language", "type=keyword", "text", "type=text"));
        settings.put("index.knn", true).put("index.hybrid_ir.encoder", ENCODER);
        assertAcked(prepareCreate(index).setSettings(settings).setMapping(mapping()));
        ensureGreen(index, index + "-questions");
    }

    private static XContentBuilder mapping() throws IOException {
        XContentBuilder mapping = XContentFactory.jsonBuilder().startObject().startObject("properties");
        mapping.startObject("language").field("type", "keyword").endObject();
        mapping.startObject("question_ids").field("type", "keyword").endObject();
        mapping.startObject("secret").field("type", "boolean").endObject();
        mapping.startObject("embedding").field("type", "knn_vector").field("dimension", DIMENSION);
        mapping.field("method", Map.of("name", "hnsw", "engine", "lucene")).endObject();
        return mapping.endObject().endObject();
    }

    /** A passage for each question and language, numbered from {@code first}. */
    void indexPassages(String index, int first, int count, boolean secret) {
        BulkRequest bulk = new BulkRequest().setRefreshPolicy(RefreshPolicy.IMMEDIATE);
        for (String language : LANGUAGES) {
            for (int p = first; p < first + count; p++) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("language", language);
                document.put("question_ids", List.of("q" + p));
                document.put("embedding", HashEncoder.vector(language + p, TextRole.PASSAGE, DIMENSION));
                document.put("secret", secret);
                bulk.add(new IndexRequest(index).id(language + "-" + p).source(document, XContentType.JSON));
            }
        }
        assertFalse(client().bulk(bulk).actionGet().hasFailures());
    }

    void indexQuestions(String index, int count) {
        BulkRequest bulk = new BulkRequest().setRefreshPolicy(RefreshPolicy.IMMEDIATE);
        for (String language : LANGUAGES) {
            for (int q = 0; q < count; q++) {
                bulk.add(new IndexRequest(index + "-questions")
                        .source("question_id", "q" + q, "language", language, "text", "question " + q + language));
            }
        }
        assertFalse(client().bulk(bulk).actionGet().hasFailures());
    }

    static EvaluationSpec spec(String index, int blockSize) throws IOException {
        return EvaluationSpecTests.parse("{'index': '" + index + "', 'block_size': " + blockSize + "}");
    }

    static EvaluateResponse evaluate(Client client, String index) throws IOException {
        return client.execute(EvaluateAction.INSTANCE, new EvaluateRequest(spec(index, 1024)))
                .actionGet();
    }

    /** Starts one that is not waited for; the answer has {@code task} and {@code id}. */
    static Map<String, Object> detach(Client client, String index, int blockSize) throws IOException {
        return client.execute(EvaluateAction.INSTANCE, new EvaluateRequest(spec(index, blockSize), false, true))
                .actionGet()
                .sections();
    }

    /** The report in a result, as it is shown: what was stored has numbers of other types. */
    static String report(Map<String, Object> result) throws IOException {
        return XContentFactory.jsonBuilder().value(result.get("report")).toString();
    }

    static String id(Map<String, Object> started) {
        return (String) started.get("id");
    }

    /** The evaluation, when it has ended. */
    static KeptEvaluation ended(Client client, Map<String, Object> started) throws Exception {
        assertBusy(() -> assertThat(
                KeptEvaluations.get(client, id(started)).evaluation().state(),
                not(equalTo(KeptEvaluation.State.RUNNING))));
        return KeptEvaluations.get(client, id(started)).evaluation();
    }

    static void assertNoTasks(Client client) throws Exception {
        assertBusy(() -> assertThat(tasks(client), equalTo(List.of())));
    }

    static List<TaskInfo> tasks(Client client) {
        return client.admin()
                .cluster()
                .prepareListTasks()
                .setActions("*hybrid_ir*", "indices:data/read/search*", "indices:data/read/scroll*")
                .setDetailed(true)
                .get()
                .getTasks();
    }
}
