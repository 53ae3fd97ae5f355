package org.hybridir.opensearch;

import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.util.Optional;
import org.mockito.Mockito;
import org.opensearch.Version;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.common.settings.Settings;
import org.opensearch.test.OpenSearchTestCase;

/** What is found is tested at {@link VectorFieldTests}; here, when it is read. */
public class VectorFieldsTests extends OpenSearchTestCase {
    private final VectorFields fields = new VectorFields();

    private static IndexMetadata index(long mappingVersion, long settingsVersion, int dimension, String encoder)
            throws IOException {
        IndexMetadata index = IndexMetadata.builder("books")
                .settings(Settings.builder()
                        .put("index.hybrid_ir.encoder", encoder)
                        .put(IndexMetadata.SETTING_INDEX_UUID, "the-uuid")
                        .put(IndexMetadata.SETTING_VERSION_CREATED, Version.CURRENT))
                .numberOfShards(1)
                .numberOfReplicas(0)
                .mappingVersion(mappingVersion)
                .settingsVersion(settingsVersion)
                .putMapping(
                        "{\"properties\":{\"text\":{\"type\":\"text\"},\"v\":{\"type\":\"knn_vector\",\"dimension\":"
                                + dimension + "}}}")
                .build();
        return Mockito.spy(index);
    }

    private String refusal(IndexMetadata index, String path) {
        return expectThrows(IllegalArgumentException.class, () -> fields.get(index, path))
                .getMessage();
    }

    public void testMappingIsReadOnceInEachVersion() throws IOException {
        IndexMetadata first = index(1, 1, 4, "tiny");
        String otherType = refusal(first, "text");
        String missing = refusal(first, "none");
        assertThat(fields.get(first, "v").dimension(), equalTo(4));
        Mockito.clearInvocations(first);
        assertThat(fields.get(first, "v").dimension(), equalTo(4));
        assertThat(fields.encoder(first, "v"), equalTo(Optional.of("tiny")));
        assertThat(refusal(first, "text"), equalTo(otherType));
        assertThat(refusal(first, "none"), equalTo(missing));
        Mockito.verify(first, Mockito.never()).mapping();

        assertThat(fields.get(index(2, 1, 8, "tiny"), "v").dimension(), equalTo(8));
        assertThat(fields.encoder(index(2, 2, 8, "wide"), "v"), equalTo(Optional.of("wide")));
    }
}
