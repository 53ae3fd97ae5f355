package org.hybridir.opensearch;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import org.opensearch.Version;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.common.settings.Settings;
import org.opensearch.test.OpenSearchTestCase;

public class VectorFieldTests extends OpenSearchTestCase {
    private static final String LUCENE =
            "{\"type\":\"knn_vector\",\"dimension\":4,\"method\":{\"name\":\"hnsw\",\"engine\":\"lucene\"}}";

    private static VectorField field(String mapping, String path, boolean knn) throws IOException {
        IndexMetadata index = IndexMetadata.builder("books")
                .settings(Settings.builder()
                        .put("index.knn", knn)
                        .put(IndexMetadata.SETTING_VERSION_CREATED, Version.CURRENT))
                .numberOfShards(1)
                .numberOfReplicas(0)
                .putMapping("{\"properties\":" + mapping + "}")
                .build();
        return VectorField.get(index, path);
    }

    private static String refusal(ThrowingRunnable step) {
        return expectThrows(IllegalArgumentException.class, step).getMessage();
    }

    public void testFindsTheField() throws IOException {
        VectorField expected = new VectorField("books", "a.b", 4, "lucene", "float");
        assertThat(field("{\"a\":{\"properties\":{\"b\":" + LUCENE + "}}}", "a.b", true), equalTo(expected));
        assertThat(
                field("{\"a\":{\"type\":\"nested\",\"properties\":{\"b\":" + LUCENE + "}}}", "a.b", true),
                equalTo(expected));
        assertThat(field("{\"a.b\":" + LUCENE + "}", "a.b", true), equalTo(expected));
        assertThat(
                field("{\"a\":{\"type\":\"text\",\"fields\":{\"b\":" + LUCENE + "}}}", "a.b", true), equalTo(expected));
        assertThat(
                field("{\"v\":{\"type\":\"alias\",\"path\":\"w\"},\"w\":" + LUCENE + "}", "v", true)
                        .dimension(),
                equalTo(4));
    }

    public void testMissingOrOtherField() {
        assertThat(
                refusal(() -> field("{\"a\":{\"type\":\"text\"}}", "v", true)),
                containsString("index [books] has no field [v]; map it as {\"type\": \"knn_vector\""));
        assertThat(
                refusal(() -> field("{\"v\":{\"type\":\"text\"}}", "v", true)),
                containsString("field [v] of index [books] is of type [text], not [knn_vector]"));
    }

    public void testEngineWithoutItsLibrary() throws IOException {
        for (String method : new String[] {
            "", ",\"method\":{\"name\":\"hnsw\",\"engine\":\"faiss\"}", ",\"method\":{\"name\":\"hnsw\"}"
        }) {
            VectorField faiss = field("{\"v\":{\"type\":\"knn_vector\",\"dimension\":4" + method + "}}", "v", true);
            assertThat(
                    refusal(() -> faiss.checkEngine(false)),
                    allOf(
                            containsString("field [v] of index [books] is for the k-NN engine [faiss]"),
                            containsString("native library; where that is missing"),
                            containsString("\"engine\": \"lucene\""),
                            containsString("[plugins.hybrid_ir.allow_native_engines] to [true]")));
            faiss.checkEngine(true);
        }
        field("{\"v\":{\"type\":\"knn_vector\",\"dimension\":4}}", "v", false).checkEngine(false);
        field("{\"v\":" + LUCENE + "}", "v", true).checkEngine(false);
    }

    public void testOtherDimensionOrType() throws IOException {
        VectorField lucene = field("{\"v\":" + LUCENE + "}", "v", true);
        lucene.checkDimension("mbert", 4);
        assertThat(
                refusal(() -> lucene.checkDimension("mbert", 768)),
                containsString(
                        "encoder [mbert] makes vectors of dimension [768], but field [v] of index [books] is mapped"
                                + " with dimension [4]"));
        VectorField bytes = field(
                "{\"v\":{\"type\":\"knn_vector\",\"dimension\":4,\"data_type\":\"byte\",\"method\":{\"engine\":\"lucene\"}}}",
                "v",
                true);
        assertThat(refusal(() -> bytes.checkEngine(false)), containsString("has the data type [byte]"));
    }
}
