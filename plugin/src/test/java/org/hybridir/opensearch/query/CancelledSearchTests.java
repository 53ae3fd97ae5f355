package org.hybridir.opensearch.query;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.hybridir.opensearch.VectorFieldTestPlugin;
import org.hybridir.opensearch.encoder.HashEncoder;
import org.hybridir.opensearch.encoder.HashEncodersPlugin;
import org.junit.After;
import org.opensearch.ExceptionsHelper;
import org.opensearch.action.search.SearchAction;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.common.action.ActionFuture;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.SearchPlugin;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.test.OpenSearchIntegTestCase;

@LuceneTestCase.SuppressFileSystems("ExtrasFS") // its random extra folders would be encoders
@OpenSearchIntegTestCase.ClusterScope(
        scope = OpenSearchIntegTestCase.Scope.SUITE,
        numDataNodes = 1,
        numClientNodes = 0,
        supportsDedicatedMasters = false)
public class CancelledSearchTests extends OpenSearchIntegTestCase {
    public static final class KnnPlugin extends Plugin implements SearchPlugin {
        @Override
        public List<QuerySpec<?>> getQueries() {
            return List.of(new QuerySpec<>(KnnStandIn.NAME, KnnStandIn::new, KnnStandIn::fromXContent));
        }
    }

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(HashEncodersPlugin.class, VectorFieldTestPlugin.class, KnnPlugin.class);
    }

    @Override
    protected Path nodeConfigPath(int ordinal) {
        return HashEncoder.addTo(createTempDir(), "tiny", 4);
    }

    @After
    public void speedUp() {
        HashEncoder.slowness = 0;
    }

    private void createBooks() throws IOException {
        XContentBuilder mapping = XContentFactory.jsonBuilder().startObject().startObject("properties");
        mapping.startObject("embedding").field("type", "knn_vector").field("dimension", 4);
        mapping.field("method", Map.of("name", "hnsw", "engine", "lucene")).endObject();
        prepareCreate("books")
                .setSettings(Settings.builder().put("index.knn", true))
                .setMapping(mapping.endObject().endObject())
                .get();
        ensureGreen("books");
    }

    private static ActionFuture<SearchResponse> search(String text) {
        String query = "{\"hybrid_ir\": {\"embedding\": {\"query_text\": \"" + text + "\", \"encoder\": \"tiny\"}}}";
        return client().search(new SearchRequest("books")
                .source(new SearchSourceBuilder().query(QueryBuilders.wrapperQuery(query))));
    }

    public void testCancelledSearchWithdrawsItsQuery() throws Exception {
        createBooks();
        HashEncoder.slowness = 5000;
        ActionFuture<SearchResponse> answer = search("where");
        assertBusy(() -> assertThat(HashEncoder.WAITING.get(), equalTo(1)));
        client().admin()
                .cluster()
                .prepareCancelTasks()
                .setActions(SearchAction.NAME)
                .get();
        assertBusy(() -> assertThat(HashEncoder.WAITING.get(), equalTo(0)), 1, TimeUnit.SECONDS);
        Throwable failure = ExceptionsHelper.unwrapCause(expectThrows(Exception.class, answer::actionGet));
        assertThat(failure, instanceOf(TaskCancelledException.class));
        assertThat(
                failure.getMessage(),
                containsString(
                        "[1] queries for encoder [tiny] are not encoded, the task was cancelled [by user request]"));

        HashEncoder.slowness = 500;
        int calls = HashEncoder.CALLS.get();
        List<ActionFuture<SearchResponse>> same = List.of(search("when"), search("when"), search("when"));
        same.forEach(search -> assertThat(search.actionGet().getFailedShards(), equalTo(0)));
        search("when").actionGet();
        assertThat("computed once", HashEncoder.CALLS.get() - calls, equalTo(1));
    }
}
