package org.hybridir.opensearch;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.hybridir.encoder.TextRole;
import org.hybridir.opensearch.encoder.EncodeAction;
import org.hybridir.opensearch.encoder.EncodeRequest;
import org.hybridir.opensearch.encoder.EncodeResponse;
import org.hybridir.opensearch.encoder.HashEncoder;
import org.hybridir.opensearch.encoder.HashEncodersPlugin;
import org.junit.After;
import org.opensearch.ExceptionsHelper;
import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.bulk.BulkResponse;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.action.ActionFuture;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.plugins.Plugin;
import org.opensearch.tasks.CancellableTask;
import org.opensearch.tasks.TaskManager;
import org.opensearch.test.OpenSearchIntegTestCase;
import org.opensearch.transport.TransportService;

/** More than the node can do at once: what is cancelled leaves, what is refused can be sent again, and nothing stays behind. */
@LuceneTestCase.SuppressFileSystems("ExtrasFS") // its random extra folders would be encoders
@OpenSearchIntegTestCase.ClusterScope(scope = OpenSearchIntegTestCase.Scope.TEST, numDataNodes = 0)
public class CalmNodeTests extends OpenSearchIntegTestCase {
    private static final int DOCUMENTS = 10_000;

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(HashEncodersPlugin.class);
    }

    @Override
    protected Path nodeConfigPath(int ordinal) {
        return HashEncoder.addTo(createTempDir(), "tiny", 4);
    }

    @After
    public void speedUp() {
        HashEncoder.slowness = 0;
    }

    private String startNode(Settings settings) throws Exception {
        String node = internalCluster().startNode(settings);
        client().admin()
                .cluster()
                .preparePutPipeline(
                        "p",
                        new BytesArray("{\"processors\":[{\"hybrid_ir\":{\"encoder\":\"tiny\","
                                + "\"field_map\":{\"text\":\"embedding\"}}}]}"),
                        MediaTypeRegistry.JSON)
                .get();
        createIndex(
                "books", Settings.builder().put("index.number_of_replicas", 0).build());
        ensureGreen("books");
        assertBusy(() -> assertThat(breaker(), equalTo(HashEncoder.WEIGHTS)));
        return node;
    }

    /** @param name before the number of each document, by which this test's are told from those of others */
    private static BulkRequest bulk(String name, int documents) {
        BulkRequest bulk = new BulkRequest().setRefreshPolicy(RefreshPolicy.IMMEDIATE);
        for (int i = 0; i < documents; i++) {
            bulk.add(document(name + i));
        }
        return bulk;
    }

    private static IndexRequest document(String id) {
        return new IndexRequest("books")
                .id(id)
                .setPipeline("p")
                .source("{\"text\":\"text " + id + "\"}", XContentType.JSON);
    }

    /** What {@code _nodes/stats/breaker} shows. */
    private static long breaker() {
        return Arrays.stream(client().admin()
                        .cluster()
                        .prepareNodesStats()
                        .clear()
                        .addMetric("breaker")
                        .get()
                        .getNodes()
                        .get(0)
                        .getBreaker()
                        .getAllStats())
                .filter(breaker -> breaker.getName().equals("hybrid_ir"))
                .mapToLong(breaker -> breaker.getEstimated())
                .sum();
    }

    /** As {@code _reindex} does: a task that can be cancelled sends bulk requests, which cannot. */
    public void testCancelledParentWithdrawsTheTextsOfABulkRequest() throws Exception {
        TaskManager tasks = internalCluster()
                .getInstance(TransportService.class, startNode(Settings.EMPTY))
                .getTaskManager();
        CancellableTask parent = (CancellableTask)
                tasks.register("test", "reindex", new EncodeRequest("tiny", List.of(), TextRole.PASSAGE));
        HashEncoder.slowness = 1000;
        BulkRequest bulk = bulk("cancelled", DOCUMENTS);
        bulk.setParentTask(new TaskId(tasks.localNode().getId(), parent.getId()));
        ActionFuture<BulkResponse> answer = client().bulk(bulk);
        assertBusy(() -> assertThat(HashEncoder.WAITING.get(), equalTo(DOCUMENTS)));
        assertThat(breaker(), equalTo(HashEncoder.WEIGHTS + DOCUMENTS * HashEncoder.TEXT_BYTES));

        tasks.cancel(parent, "by a test", () -> {});

        assertBusy(() -> assertThat(HashEncoder.WAITING.get(), equalTo(0)), 1, TimeUnit.SECONDS);
        assertThat(breaker(), equalTo(HashEncoder.WEIGHTS));
        BulkItemResponse[] items = answer.actionGet().getItems();
        assertThat(items.length, equalTo(DOCUMENTS));
        for (BulkItemResponse item : items) {
            assertThat(item.getFailureMessage(), containsString("are not encoded, the task was cancelled [by a test]"));
        }
        tasks.unregister(parent);
    }

    public void testCancelledEncodeRequest() throws Exception {
        startNode(Settings.EMPTY);
        HashEncoder.slowness = 1000;
        ActionFuture<EncodeResponse> answer = client().execute(
                        EncodeAction.INSTANCE,
                        new EncodeRequest("tiny", List.of("1", "2", "3", "4", "5", "6", "7", "8"), TextRole.QUERY));
        assertBusy(() -> assertThat(HashEncoder.WAITING.get(), equalTo(8)));
        var tasks = client().admin()
                .cluster()
                .prepareListTasks()
                .setActions(EncodeAction.NAME)
                .setDetailed(true)
                .get();
        client().admin()
                .cluster()
                .prepareCancelTasks()
                .setActions(EncodeAction.NAME)
                .get();
        assertThat(tasks.getTasks().get(0).getDescription(), equalTo("[8] texts as [query] by encoder [tiny]"));
        Throwable failure = ExceptionsHelper.unwrapCause(expectThrows(Exception.class, answer::actionGet));
        assertThat(failure, instanceOf(TaskCancelledException.class));
        assertThat(
                failure.getMessage(),
                equalTo("[8] queries for encoder [tiny] are not encoded, the task was cancelled [by user request]"));
        assertBusy(() -> assertThat(HashEncoder.WAITING.get(), equalTo(0)));
    }

    /** Documents for which memory is short are refused with 429; sent again until all are in, each is encoded once. */
    public void testRefusedDocumentsAreSentAgain() throws Exception {
        startNode(Settings.builder()
                .put("plugins.hybrid_ir.breaker.limit", HashEncoder.WEIGHTS + 200 * HashEncoder.TEXT_BYTES + "b")
                .build());
        HashEncoder.slowness = 1;
        BulkRequest left = bulk("refused", 1000);
        int refused = 0;
        while (left.numberOfActions() > 0) {
            BulkResponse answer = client().bulk(left).actionGet();
            BulkRequest again = new BulkRequest().setRefreshPolicy(RefreshPolicy.IMMEDIATE);
            for (BulkItemResponse item : answer) {
                if (item.isFailed()) {
                    assertThat(item.getFailure().getStatus(), equalTo(RestStatus.TOO_MANY_REQUESTS));
                    assertThat(
                            item.getFailureMessage(), containsString("[hybrid_ir] Data too large, data for [<texts>]"));
                    again.add(document(item.getId()));
                }
            }
            refused += again.numberOfActions();
            left = again;
        }
        assertThat(refused, greaterThan(0));
        for (int i = 0; i < 1000; i++) {
            assertThat(HashEncoder.ENCODED.get("text refused" + i), equalTo(1));
        }
        assertThat(
                client().prepareSearch("books")
                        .setSize(0)
                        .get()
                        .getHits()
                        .getTotalHits()
                        .value(),
                equalTo(1000L));
        assertThat(breaker(), equalTo(HashEncoder.WEIGHTS));
    }
}
