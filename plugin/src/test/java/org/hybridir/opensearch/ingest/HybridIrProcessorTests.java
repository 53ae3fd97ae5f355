package org.hybridir.opensearch.ingest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.hybridir.encoder.TextRole;
import org.hybridir.opensearch.VectorFields;
import org.hybridir.opensearch.encoder.HashEncoder;
import org.hybridir.opensearch.encoder.NodeEncoders;
import org.hybridir.opensearch.encoder.NodeEncodersFixture;
import org.opensearch.OpenSearchParseException;
import org.opensearch.Version;
import org.opensearch.cluster.ClusterName;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.metadata.ComponentTemplate;
import org.opensearch.cluster.metadata.ComposableIndexTemplate;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.metadata.IndexTemplateMetadata;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.cluster.metadata.Template;
import org.opensearch.common.compress.CompressedXContent;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.ingest.AbstractBatchingProcessor;
import org.opensearch.ingest.IngestDocument;
import org.opensearch.ingest.IngestDocumentWrapper;
import org.opensearch.test.OpenSearchTestCase;

@LuceneTestCase.SuppressFileSystems("ExtrasFS") // its random extra folders would be encoders
public class HybridIrProcessorTests extends OpenSearchTestCase {
    private static final String LUCENE = ",\"method\":{\"name\":\"hnsw\",\"engine\":\"lucene\"}";

    private NodeEncodersFixture node;
    private ClusterState state = ClusterState.builder(ClusterName.DEFAULT).build();

    @Override
    public void setUp() throws Exception {
        super.setUp();
        node = new NodeEncodersFixture(
                createTempDir(),
                Settings.builder().put("plugins.hybrid_ir.max_texts", 10).build());
        HashEncoder.write(node.folder("tiny"), "4");
    }

    @Override
    public void tearDown() throws Exception {
        node.close();
        super.tearDown();
    }

    private NodeEncoders encoders() {
        return node.encoders();
    }

    private HybridIrProcessor.Factory factory(boolean ingestNode) {
        IndexNameExpressionResolver resolver = new IndexNameExpressionResolver(new ThreadContext(Settings.EMPTY));
        TargetFields targets = new TargetFields(() -> state, resolver, new VectorFields(), () -> false);
        return new HybridIrProcessor.Factory(this::encoders, targets, ingestNode);
    }

    private static Map<String, Object> config(String encoder) {
        Map<String, Object> config = new HashMap<>();
        config.put("encoder", encoder);
        config.put("field_map", new HashMap<>(Map.of("text", "embedding")));
        return config;
    }

    private AbstractBatchingProcessor create(Map<String, Object> config) throws Exception {
        return factory(true).create(Map.of(), "tag", null, config);
    }

    private static IngestDocumentWrapper document(int slot, Object text) {
        Map<String, Object> source = new HashMap<>();
        source.put("text", text);
        source.put("other", slot);
        return new IngestDocumentWrapper(
                slot, 0, new IngestDocument("books", Integer.toString(slot), null, null, null, source), null);
    }

    private static List<IngestDocumentWrapper> run(
            AbstractBatchingProcessor processor, List<IngestDocumentWrapper> batch) throws Exception {
        CompletableFuture<List<IngestDocumentWrapper>> done = new CompletableFuture<>();
        processor.batchExecute(batch, done::complete);
        return done.get(10, TimeUnit.SECONDS);
    }

    private static Object vector(IngestDocumentWrapper wrapper) {
        return wrapper.getIngestDocument().getSourceAndMetadata().get("embedding");
    }

    private static List<Float> expected(String text) {
        List<Float> expected = new ArrayList<>();
        for (float number : HashEncoder.vector(text, TextRole.PASSAGE, 4)) {
            expected.add(number);
        }
        return expected;
    }

    private void mapEmbedding(int dimension, String method) throws Exception {
        IndexMetadata.Builder index = IndexMetadata.builder("books")
                .settings(Settings.builder()
                        .put("index.knn", true)
                        .put(IndexMetadata.SETTING_INDEX_UUID, randomAlphaOfLength(8))
                        .put(IndexMetadata.SETTING_VERSION_CREATED, Version.CURRENT))
                .numberOfShards(1)
                .numberOfReplicas(0)
                .putMapping("{\"properties\":{\"embedding\":{\"type\":\"knn_vector\",\"dimension\":" + dimension
                        + method + "}}}");
        state = ClusterState.builder(state)
                .metadata(Metadata.builder().put(index))
                .build();
    }

    public void testBatchIsEncodedTogether() throws Exception {
        AbstractBatchingProcessor processor = create(config("tiny"));
        run(processor, List.of(document(0, "open")));
        int before = HashEncoder.CALLS.get();
        List<IngestDocumentWrapper> batch = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            batch.add(document(i, "text " + i));
        }
        List<IngestDocumentWrapper> done = run(processor, batch);
        assertThat("one call for all", HashEncoder.CALLS.get() - before, equalTo(1));
        for (int i = 0; i < 9; i++) {
            assertThat(done.get(i).getException(), nullValue());
            assertThat(vector(done.get(i)), equalTo(expected("text " + i)));
            assertThat(done.get(i).getIngestDocument().getSourceAndMetadata().get("other"), equalTo(i));
        }
    }

    public void testMoreTextsThanOneCallTakes() throws Exception {
        AbstractBatchingProcessor processor = create(config("tiny"));
        List<IngestDocumentWrapper> batch = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            batch.add(document(i, "text " + i));
        }
        int before = HashEncoder.CALLS.get();
        List<IngestDocumentWrapper> done = run(processor, batch);
        assertThat(HashEncoder.CALLS.get() - before, lessThanOrEqualTo(4));
        done.forEach(wrapper -> assertThat(vector(wrapper), equalTo(expected("text " + wrapper.getSlot()))));
        IngestDocumentWrapper huge = document(0, new ArrayList<>(Collections.nCopies(11, "x")));
        run(processor, List.of(huge, document(1, "fine")));
        assertThat(huge.getException().getMessage(), containsString("[11] texts are more than the [10] allowed"));
    }

    public void testBadDocumentFailsAlone() throws Exception {
        List<IngestDocumentWrapper> batch =
                List.of(document(0, "a"), document(1, 7), document(2, null), document(3, ""), document(4, "b"));
        List<IngestDocumentWrapper> done = run(create(config("tiny")), batch);
        assertThat(vector(done.get(0)), equalTo(expected("a")));
        assertThat(vector(done.get(4)), equalTo(expected("b")));
        assertThat(done.get(1).getException().getMessage(), containsString("[text] is the number [7], not a string"));
        assertThat(done.get(2).getException().getMessage(), containsString("[text] is null"));
        assertThat(done.get(3).getException().getMessage(), containsString("[text] is empty"));
        for (int bad = 1; bad <= 3; bad++) {
            assertNotNull("else the bulk request never ends", done.get(bad).getIngestDocument());
            assertThat(vector(done.get(bad)), nullValue());
        }
    }

    public void testIgnoreMissing() throws Exception {
        Map<String, Object> config = config("tiny");
        config.put("ignore_missing", true);
        List<IngestDocumentWrapper> done =
                run(create(config), List.of(document(0, ""), document(1, null), document(2, "a")));
        done.forEach(wrapper -> assertThat(wrapper.getException(), nullValue()));
        assertThat(vector(done.get(0)), nullValue());
        assertThat(vector(done.get(2)), equalTo(expected("a")));
        assertThat(run(create(config("tiny")), List.of(document(0, "x"))).size(), equalTo(1));
    }

    public void testSingleDocument() throws Exception {
        AbstractBatchingProcessor processor = create(config("tiny"));
        CompletableFuture<Exception> failed = new CompletableFuture<>();
        processor.execute(document(0, 5).getIngestDocument(), (document, e) -> failed.complete(e));
        assertThat(failed.get(10, TimeUnit.SECONDS).getMessage(), containsString("the number [5]"));
        CompletableFuture<IngestDocument> fine = new CompletableFuture<>();
        processor.execute(document(0, "a").getIngestDocument(), (document, e) -> fine.complete(document));
        assertThat(fine.get(10, TimeUnit.SECONDS).getSourceAndMetadata().get("embedding"), equalTo(expected("a")));
    }

    public void testFieldOfAnEngineInNativeCode() throws Exception {
        mapEmbedding(4, "");
        IngestDocumentWrapper refused =
                run(create(config("tiny")), List.of(document(0, "a"))).get(0);
        assertThat(
                refused.getException().getMessage(),
                containsString("field [embedding] of index [books] is for the k-NN engine [faiss]"));
        mapEmbedding(4, LUCENE);
        assertThat(run(create(config("tiny")), List.of(document(0, "a"))).get(0).getException(), nullValue());
    }

    /** The first document makes the index, after its pipeline. */
    public void testIndexThatATemplateWillMake() throws Exception {
        for (boolean legacy : new boolean[] {true, false}) {
            applyTemplates(legacy, "{}", embedding(4, ""));
            assertThat(
                    failure("books"),
                    containsString("field [embedding] of index [books] is for the k-NN engine [faiss]"));
            assertThat(
                    failure("<books-{now/y{yyyy}}>"),
                    matchesPattern("field \\[embedding] of index \\[books-\\d{4}] is for the k-NN engine \\[faiss].*"));
            assertThat(failure("other"), nullValue());
            applyTemplates(legacy, "{}", embedding(3, LUCENE));
            assertThat(
                    failure("books"),
                    containsString("field [embedding] of index [books] is mapped with dimension [3]"));
            applyTemplates(legacy, embedding(4, ""), embedding(4, LUCENE));
            assertThat("the higher one decides", failure("books"), nullValue());
        }
    }

    private static String embedding(int dimension, String method) {
        return "{\"_doc\":{\"properties\":{\"embedding\":{\"type\":\"knn_vector\",\"dimension\":" + dimension + method
                + "}}}}";
    }

    /** Two templates for indices whose names begin with books: two legacy ones, or a component and an index template. */
    private void applyTemplates(boolean legacy, String lower, String higher) throws Exception {
        Settings knn = Settings.builder().put("index.knn", true).build();
        Metadata.Builder metadata = Metadata.builder().version(state.metadata().version() + 1);
        if (legacy) {
            for (int order = 0; order < 2; order++) {
                metadata.put(IndexTemplateMetadata.builder("template-" + order)
                        .patterns(List.of("books*"))
                        .order(order)
                        .settings(knn)
                        .putMapping("_doc", order == 0 ? lower : higher)
                        .build());
            }
        } else {
            metadata.put(
                    "part", new ComponentTemplate(new Template(knn, new CompressedXContent(lower), null), null, null));
            metadata.put(
                    "whole",
                    new ComposableIndexTemplate(
                            List.of("books*"),
                            new Template(null, new CompressedXContent(higher), null),
                            List.of("part"),
                            null,
                            null,
                            null));
        }
        state = ClusterState.builder(state).metadata(metadata).build();
    }

    /** Why a document for that index was refused, or null. */
    private String failure(String index) throws Exception {
        IngestDocument document = new IngestDocument(index, "0", null, null, null, new HashMap<>(Map.of("text", "a")));
        IngestDocumentWrapper wrapper = new IngestDocumentWrapper(0, 0, document, null);
        run(create(config("tiny")), List.of(wrapper));
        return wrapper.getException() == null ? null : wrapper.getException().getMessage();
    }

    public void testOtherDimension() throws Exception {
        mapEmbedding(768, LUCENE);
        IngestDocumentWrapper refused =
                run(create(config("tiny")), List.of(document(0, "a"))).get(0);
        assertThat(
                refused.getException().getMessage(),
                containsString(
                        "encoder [tiny] makes vectors of dimension [4], but field [embedding] of index [books] is"
                                + " mapped with dimension [768]"));
    }

    public void testUnknownEncoder() throws Exception {
        OpenSearchParseException e = expectThrows(OpenSearchParseException.class, () -> create(config("nope")));
        assertThat(
                e.getMessage(), containsString("[encoder] unknown encoder [nope], known ones [tiny]; put its folder"));
        AbstractBatchingProcessor elsewhere = factory(false).create(Map.of(), null, null, config("nope"));
        IngestDocumentWrapper failed = run(elsewhere, List.of(document(0, "a"))).get(0);
        assertThat(failed.getException().getMessage(), containsString("unknown encoder [nope], known ones [tiny]"));
    }

    /** A node that lacks the encoder must be able to follow the cluster's state. */
    public void testNodeThatLacksTheEncoderTakesThePipeline() throws Exception {
        CompletableFuture<AbstractBatchingProcessor> created = new CompletableFuture<>();
        Thread applier = new Thread(
                () -> {
                    try {
                        created.complete(create(config("later")));
                    } catch (Exception e) {
                        created.completeExceptionally(e);
                    }
                },
                "opensearch[node][clusterApplierService#updateTask][T#1]");
        applier.start();
        applier.join();
        AbstractBatchingProcessor processor = created.get(1, TimeUnit.SECONDS);
        assertNotNull(run(processor, List.of(document(0, "a"))).get(0).getException());
        HashEncoder.write(node.folder("later"), "4");
        assertThat(vector(run(processor, List.of(document(0, "a"))).get(0)), equalTo(expected("a")));
    }

    public void testConfigurationIsChecked() {
        Map<String, Object> noMap = config("tiny");
        noMap.remove("field_map");
        assertThat(
                expectThrows(OpenSearchParseException.class, () -> create(noMap))
                        .getMessage(),
                containsString("[field_map] required property is missing"));
        Map<String, Object> dotted = config("tiny");
        dotted.put("field_map", Map.of("text", "a.b"));
        assertThat(
                expectThrows(OpenSearchParseException.class, () -> create(dotted))
                        .getMessage(),
                containsString("[field_map] the vector field [a.b] of [text] must be a plain name"));
        Map<String, Object> noEncoder = config("tiny");
        noEncoder.remove("encoder");
        assertThat(
                expectThrows(OpenSearchParseException.class, () -> create(noEncoder))
                        .getMessage(),
                containsString("[encoder] required property is missing"));
    }
}
