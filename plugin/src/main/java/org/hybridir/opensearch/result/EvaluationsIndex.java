package org.hybridir.opensearch.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.opensearch.ExceptionsHelper;
import org.opensearch.ResourceAlreadyExistsException;
import org.opensearch.action.admin.indices.create.CreateIndexRequest;
import org.opensearch.action.admin.indices.mapping.put.PutMappingRequest;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.metadata.MappingMetadata;
import org.opensearch.cluster.routing.Preference;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.Nullable;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.indices.SystemIndexDescriptor;
import org.opensearch.transport.client.Client;

/** The system index of kept evaluations: made when the first one is kept, brought up to date by newer plugins. */
public final class EvaluationsIndex {
    static final String NAME = ".hybrid-ir-evaluations";
    /** The copy that is read, always: while a document is being written, others may still have it as it was. */
    static final String COPY = Preference.PRIMARY.type();

    private static final String MAPPING = "evaluations-mapping.json";
    private static final String META = "_meta";
    private static final String VERSION = "version";

    private final Client client;
    private final ClusterService clusterService;
    private final String mapping = mapping();

    EvaluationsIndex(Client client, ClusterService clusterService) {
        this.client = client;
        this.clusterService = clusterService;
    }

    /** Tells the node that the index is the plugin's own. */
    public static SystemIndexDescriptor descriptor() {
        return new SystemIndexDescriptor(NAME, "evaluations by hybrid-ir and their results");
    }

    /** Answers when the index can be written to. */
    void prepare(ActionListener<Void> listener) {
        IndexMetadata metadata = clusterService.state().metadata().index(NAME);
        if (metadata == null) {
            create(listener);
        } else if (version(metadata.mapping()) < version(asMap(mapping))) {
            PutMappingRequest request = new PutMappingRequest(NAME).source(mapping, XContentType.JSON);
            client.admin().indices().putMapping(request, ActionListener.map(listener, updated -> null));
        } else {
            listener.onResponse(null);
        }
    }

    private void create(ActionListener<Void> listener) {
        CreateIndexRequest request = new CreateIndexRequest(NAME)
                .mapping(mapping)
                .settings(Settings.builder()
                        .put(IndexMetadata.SETTING_NUMBER_OF_SHARDS, 1)
                        .put(IndexMetadata.SETTING_AUTO_EXPAND_REPLICAS, "0-1")
                        .put(IndexMetadata.SETTING_INDEX_HIDDEN, true));
        client.admin().indices().create(request, ActionListener.wrap(created -> listener.onResponse(null), failure -> {
            if (ExceptionsHelper.unwrapCause(failure) instanceof ResourceAlreadyExistsException) {
                listener.onResponse(null); // by another node, at the same time
            } else {
                listener.onFailure(failure);
            }
        }));
    }

    private static int version(@Nullable MappingMetadata mapping) {
        return mapping == null ? 0 : version(mapping.sourceAsMap());
    }

    private static int version(Map<String, Object> mapping) {
        return mapping.get(META) instanceof Map<?, ?> meta && meta.get(VERSION) instanceof Integer version
                ? version
                : 0;
    }

    private static Map<String, Object> asMap(String mapping) {
        return XContentHelper.convertToMap(new BytesArray(mapping), false, XContentType.JSON)
                .v2();
    }

    private static String mapping() {
        try (InputStream in = EvaluationsIndex.class.getResourceAsStream(MAPPING)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
