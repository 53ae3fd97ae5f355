package org.hybridir.opensearch.query;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.hybridir.encoder.TextRole;
import org.hybridir.opensearch.HybridIrSettings;
import org.hybridir.opensearch.VectorFields;
import org.hybridir.opensearch.encoder.HashEncoder;
import org.hybridir.opensearch.encoder.NodeEncodersFixture;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.mockito.Mockito;
import org.opensearch.Version;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.cluster.ClusterName;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.ClusterSettings;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.ParseField;
import org.opensearch.core.common.ParsingException;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.index.query.AbstractQueryBuilder;
import org.opensearch.index.query.BaseQueryRewriteContext;
import org.opensearch.index.query.BoolQueryBuilder;
import org.opensearch.index.query.MatchAllQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.index.query.QueryCoordinatorContext;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.index.query.Rewriteable;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.SearchPlugin;
import org.opensearch.test.AbstractQueryTestCase;
import org.opensearch.test.TestGeoShapeFieldMapperPlugin;

@LuceneTestCase.SuppressFileSystems("ExtrasFS") // its random extra folders would be encoders
public class HybridIrQueryBuilderTests extends AbstractQueryTestCase<HybridIrQueryBuilder> {
    private static final String LUCENE =
            "{\"type\":\"knn_vector\",\"dimension\":4,\"method\":{\"name\":\"hnsw\",\"engine\":\"lucene\"}}";

    private static NodeEncodersFixture node;
    private static ClusterState state;
    private static QueryTargets targets;

    /** Registers the query as the plugin does, and a {@code knn} query that keeps what it is given. */
    public static class QueriesPlugin extends Plugin implements SearchPlugin {
        @Override
        public List<QuerySpec<?>> getQueries() {
            return List.of(
                    new QuerySpec<>(
                            HybridIrQueryBuilder.NAME,
                            in -> new HybridIrQueryBuilder(in, () -> targets),
                            parser -> HybridIrQueryBuilder.fromXContent(parser, () -> targets)),
                    new QuerySpec<>(KnnStandIn.NAME, KnnStandIn::new, KnnStandIn::fromXContent));
        }
    }

    @BeforeClass
    public static void startEncoders() throws IOException {
        node = new NodeEncodersFixture(createTempDir(), Settings.EMPTY);
        HashEncoder.write(node.folder("tiny"), "4");
        HashEncoder.write(node.folder("wide"), "8");
        ClusterService clusterService = Mockito.mock(ClusterService.class);
        Mockito.when(clusterService.state()).thenAnswer(call -> state);
        Mockito.when(clusterService.getClusterSettings())
                .thenReturn(new ClusterSettings(
                        Settings.EMPTY, new HashSet<>(List.of(HybridIrSettings.ALLOW_NATIVE_ENGINES))));
        targets = new QueryTargets(
                node.encoders(),
                new VectorFields(),
                clusterService,
                new IndexNameExpressionResolver(new ThreadContext(Settings.EMPTY)));
    }

    @AfterClass
    public static void stopEncoders() {
        node.close();
        node = null;
        targets = null;
        state = null;
    }

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(QueriesPlugin.class, TestGeoShapeFieldMapperPlugin.class);
    }

    @Override
    protected HybridIrQueryBuilder doCreateTestQueryBuilder() {
        Integer k = null;
        Float minScore = null;
        Float maxDistance = null;
        switch (between(0, 3)) {
            case 0 -> k = between(1, 100);
            case 1 -> minScore = randomFloat();
            case 2 -> maxDistance = randomFloat();
            default -> {}
        }
        QueryBuilder filter =
                randomBoolean() ? null : QueryBuilders.termQuery(KEYWORD_FIELD_NAME, randomAlphaOfLength(3));
        return new HybridIrQueryBuilder(
                "embedding",
                randomAlphaOfLengthBetween(1, 20),
                "tiny",
                k,
                filter,
                minScore,
                maxDistance,
                () -> targets);
    }

    /** The query becomes another one; what it is rewritten to is checked by the tests below. */
    @Override
    protected QueryBuilder rewriteQuery(HybridIrQueryBuilder query, QueryRewriteContext context) throws IOException {
        return rewriteAndFetch(query, coordinator(null));
    }

    @Override
    protected void doAssertLuceneQuery(HybridIrQueryBuilder query, Query lucene, QueryShardContext context) {
        assertThat(lucene, instanceOf(MatchNoDocsQuery.class));
    }

    @Override
    public void testMustRewrite() throws IOException {
        QueryShardContext context = createShardContext();
        HybridIrQueryBuilder query = createTestQueryBuilder();
        query.boost(AbstractQueryBuilder.DEFAULT_BOOST);
        UnsupportedOperationException e =
                expectThrows(UnsupportedOperationException.class, () -> query.toQuery(context));
        assertThat(e.getMessage(), containsString("[hybrid_ir] query for field [embedding] was not rewritten"));
    }

    private QueryRewriteContext context(NamedXContentRegistry registry) {
        return new BaseQueryRewriteContext(registry, writableRegistry(), null, () -> 0);
    }

    /** @param indices what the search names, or null for a request that does not tell */
    private QueryRewriteContext coordinator(SearchRequest request) {
        QueryRewriteContext plain = context(xContentRegistry());
        return request == null ? plain : new QueryCoordinatorContext(plain, request);
    }

    private static QueryBuilder rewritten(QueryBuilder query, QueryRewriteContext context) {
        PlainActionFuture<QueryBuilder> future = PlainActionFuture.newFuture();
        Rewriteable.rewriteAndFetch(query, context, future);
        return future.actionGet(10, TimeUnit.SECONDS);
    }

    private static HybridIrQueryBuilder query(String encoder) {
        return new HybridIrQueryBuilder("embedding", "some text", encoder, 3, null, () -> targets);
    }

    private static void index(Map<String, String> mappings, Map<String, String> settings) throws IOException {
        Metadata.Builder metadata = Metadata.builder();
        for (Map.Entry<String, String> mapping : mappings.entrySet()) {
            Settings.Builder own = Settings.builder()
                    .put("index.knn", true)
                    .put(IndexMetadata.SETTING_INDEX_UUID, mapping.getKey() + "-uuid")
                    .put(IndexMetadata.SETTING_VERSION_CREATED, Version.CURRENT);
            if (settings.containsKey(mapping.getKey())) {
                own.put("index.hybrid_ir.encoder", settings.get(mapping.getKey()));
            }
            metadata.put(IndexMetadata.builder(mapping.getKey())
                    .settings(own)
                    .numberOfShards(1)
                    .numberOfReplicas(0)
                    .putMapping(mapping.getValue()));
        }
        state = ClusterState.builder(ClusterName.DEFAULT).metadata(metadata).build();
    }

    private static String mapping(String embedding, String hybridIr) {
        String meta = hybridIr == null ? "" : "\"_meta\":{\"hybrid_ir\":" + hybridIr + "},";
        return "{" + meta + "\"properties\":{\"embedding\":" + embedding + "}}";
    }

    private String refusal(QueryBuilder query, String... indices) {
        return expectThrows(
                        IllegalArgumentException.class, () -> rewritten(query, coordinator(new SearchRequest(indices))))
                .getMessage();
    }

    public void testBecomesTheKnnQuery() {
        QueryBuilder filter = QueryBuilders.termQuery("language", "de");
        HybridIrQueryBuilder query =
                new HybridIrQueryBuilder("embedding", "some text", "tiny", 3, filter, () -> targets);
        query.boost(2f).queryName("meaning");
        KnnStandIn knn = (KnnStandIn) rewritten(query, coordinator(null));
        assertThat(knn.boost(), equalTo(2f));
        assertThat(knn.queryName(), equalTo("meaning"));
        Map<?, ?> body = (Map<?, ?>) knn.content().get("embedding");
        assertThat(body.get("k"), equalTo(3));
        assertThat(((Map<?, ?>) body.get("filter")).keySet().toString(), equalTo("[term]"));
        float[] expected = HashEncoder.vector("some text", TextRole.QUERY, 4);
        List<?> vector = (List<?>) body.get("vector");
        for (int i = 0; i < expected.length; i++) {
            assertThat(((Number) vector.get(i)).floatValue(), equalTo(expected[i]));
        }
        assertThat(body.size(), equalTo(3));
    }

    public void testInsideBool() {
        int before = HashEncoder.CALLS.get();
        HybridIrQueryBuilder fresh =
                new HybridIrQueryBuilder("embedding", "asked nowhere else", "tiny", 3, null, () -> targets);
        BoolQueryBuilder bool = QueryBuilders.boolQuery().should(fresh).filter(new MatchAllQueryBuilder());
        BoolQueryBuilder done = (BoolQueryBuilder) rewritten(bool, coordinator(null));
        assertThat(done.should().get(0), instanceOf(KnnStandIn.class));
        assertThat("encoded once", HashEncoder.CALLS.get() - before, equalTo(1));
    }

    public void testFilterIsRewrittenToo() {
        HybridIrQueryBuilder query =
                new HybridIrQueryBuilder("embedding", "some text", "tiny", 3, query("tiny"), () -> targets);
        KnnStandIn knn = (KnnStandIn) rewritten(query, coordinator(null));
        Map<?, ?> filter = (Map<?, ?>) ((Map<?, ?>) knn.content().get("embedding")).get("filter");
        assertThat(filter.keySet().toString(), equalTo("[knn]"));
    }

    public void testEncoderOfTheIndex() throws IOException {
        Map<String, String> mappings = new HashMap<>();
        mappings.put("by-setting", mapping(LUCENE, null));
        mappings.put("by-meta", mapping(LUCENE, "{\"encoder\":\"tiny\"}"));
        mappings.put("by-field", mapping(LUCENE, "{\"encoder\":\"wide\",\"fields\":{\"embedding\":\"tiny\"}}"));
        mappings.put("other", mapping(LUCENE, "{\"encoder\":\"wide\"}"));
        mappings.put("none", mapping(LUCENE, null));
        index(mappings, Map.of("by-setting", "tiny", "by-field", "wide"));
        assertThat(
                rewritten(query(null), coordinator(new SearchRequest("by-setting", "by-meta", "by-field"))),
                instanceOf(KnnStandIn.class));
        assertThat(
                refusal(query(null), "by-meta", "other"),
                containsString("the indices disagree {tiny=[by-meta], wide=[other]}; search those of one encoder"));
        assertThat(
                refusal(query(null), "by-meta", "none"),
                containsString(
                        "names no encoder, and neither do the indices [none]; name it in the query, in the setting"
                                + " [index.hybrid_ir.encoder]"));
        PlainActionFuture<QueryBuilder> future = PlainActionFuture.newFuture();
        Rewriteable.rewriteAndFetch(query(null), coordinator(null), future);
        assertThat(
                expectThrows(IllegalArgumentException.class, future::actionGet).getMessage(),
                containsString("does not tell which indices it is for; name the encoder in the query"));
    }

    public void testFieldsThatDoNotFit() throws IOException {
        Map<String, String> mappings = new HashMap<>();
        mappings.put("lucene", mapping(LUCENE, null));
        mappings.put("faiss", mapping("{\"type\":\"knn_vector\",\"dimension\":4}", null));
        mappings.put("text", mapping("{\"type\":\"text\"}", null));
        index(mappings, Map.of());
        assertThat(rewritten(query("tiny"), coordinator(new SearchRequest("lucene"))), instanceOf(KnnStandIn.class));
        assertThat(
                refusal(query("tiny"), "faiss"),
                containsString(
                        "field [embedding] of index [faiss] is for the k-NN engine [faiss], which runs in a native"));
        assertThat(
                refusal(query("tiny"), "lucene", "text"),
                containsString("field [embedding] of index [text] is of type [text], not [knn_vector]"));
        assertThat(
                refusal(query("wide"), "lucene"),
                containsString(
                        "encoder [wide] makes vectors of dimension [8], but field [embedding] of index [lucene] is"
                                + " mapped with dimension [4]"));
        assertThat(
                refusal(query("nope"), "lucene"),
                containsString("unknown encoder [nope], known ones [tiny, wide]; put its folder under"));
    }

    public void testWithoutTheKnnPlugin() {
        NamedXContentRegistry without = new NamedXContentRegistry(List.of(new NamedXContentRegistry.Entry(
                QueryBuilder.class, new ParseField("hybrid_ir"), parser -> query("tiny"))));
        PlainActionFuture<QueryBuilder> future = PlainActionFuture.newFuture();
        Rewriteable.rewriteAndFetch(query("tiny"), context(without), future);
        assertThat(
                expectThrows(IllegalArgumentException.class, () -> future.actionGet(10, TimeUnit.SECONDS))
                        .getMessage(),
                containsString("[hybrid_ir] query needs the k-NN plugin, which is not installed on this node"));
    }

    public void testWhatIsRefused() {
        assertRefused("{\"hybrid_ir\":{\"embedding\":{}}}", "[hybrid_ir] query needs [query_text]");
        assertRefused("{\"hybrid_ir\":{\"embedding\":{\"query_text\":\" \"}}}", "[query_text] must not be empty");
        assertRefused(
                "{\"hybrid_ir\":{\"embedding\":{\"query_text\":\"a\",\"k\":0}}}", "[k] must be at least 1, not [0]");
        assertRefused(
                "{\"hybrid_ir\":{\"embedding\":{\"query_text\":\"a\",\"k\":1,\"min_score\":0.5}}}",
                "takes only one of [k], [min_score] and [max_distance]");
        assertRefused("{\"hybrid_ir\":{}}", "[hybrid_ir] query needs a vector field");
        assertRefused("{\"hybrid_ir\":{\"embedding\":\"text\"}}", "value of field [embedding] must be an object");
        assertRefused(
                "{\"hybrid_ir\":{\"a\":{\"query_text\":\"a\"},\"b\":{\"query_text\":\"a\"}}}",
                "doesn't support multiple fields, found [a] and [b]");
    }

    private void assertRefused(String json, String message) {
        ParsingException e = expectThrows(ParsingException.class, () -> parseQuery(json));
        assertThat(e.getMessage(), containsString(message));
    }

    public void testFromJson() throws IOException {
        String json = """
                {"hybrid_ir": {"embedding": {"query_text": "Where is the library?", "k": 7,
                    "filter": {"term": {"language": {"value": "de", "boost": 1.0}}},
                    "boost": 2.0, "_name": "meaning"}}}""";
        HybridIrQueryBuilder query = (HybridIrQueryBuilder) parseQuery(json);
        checkGeneratedJson(json, query);
        assertThat(query.queryName(), equalTo("meaning"));
        assertThat(query.boost(), equalTo(2f));
        assertNull(query.encoder());
    }
}
