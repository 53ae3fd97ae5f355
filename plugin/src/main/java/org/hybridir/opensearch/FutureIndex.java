package org.hybridir.opensearch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.metadata.IndexTemplateMetadata;
import org.opensearch.cluster.metadata.MetadataIndexTemplateService;
import org.opensearch.common.compress.CompressedXContent;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.index.mapper.MapperService;

/**
 * An index that is not there yet, as the templates for its name make it: its first documents go through their pipelines
 * before it is made.
 *
 * @param mappings as parsed; the first one that has a field decides it
 */
record FutureIndex(String name, Settings settings, List<Map<?, ?>> mappings) {
    /** By the index template for the name, else by the legacy templates, as OpenSearch chooses them. */
    static FutureIndex of(ClusterState state, String name) {
        String template = MetadataIndexTemplateService.findV2Template(state.metadata(), name, false);
        if (template == null) {
            List<IndexTemplateMetadata> legacy =
                    MetadataIndexTemplateService.findV1Templates(state.metadata(), name, null);
            List<CompressedXContent> mappings =
                    legacy.stream().map(IndexTemplateMetadata::mappings).toList();
            return new FutureIndex(name, MetadataIndexTemplateService.resolveSettings(legacy), parsed(mappings));
        }
        List<CompressedXContent> mappings = new ArrayList<>(mappings(state, template, name));
        Collections.reverse(mappings);
        return new FutureIndex(
                name, MetadataIndexTemplateService.resolveSettings(state.metadata(), template), parsed(mappings));
    }

    private static List<CompressedXContent> mappings(ClusterState state, String template, String name) {
        try {
            return MetadataIndexTemplateService.collectMappings(state, template, name);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "cannot read the mapping of template [" + template + "] for index [" + name + "]", e);
        }
    }

    private static List<Map<?, ?>> parsed(List<CompressedXContent> mappings) {
        List<Map<?, ?>> parsed = new ArrayList<>();
        mappings.stream().filter(Objects::nonNull).forEach(mapping -> parsed.add(parsed(mapping)));
        return parsed;
    }

    private static Map<?, ?> parsed(CompressedXContent mapping) {
        Map<String, Object> root = XContentHelper.convertToMap(mapping.uncompressed(), false, XContentType.JSON)
                .v2();
        return root.get(MapperService.SINGLE_MAPPING_NAME) instanceof Map<?, ?> typed ? typed : root;
    }

    /** As {@link VectorField#find(String, Settings, Map, String)}. */
    Optional<VectorField> field(String path) {
        return mappings.stream()
                .flatMap(mapping -> VectorField.find(name, settings, mapping, path).stream())
                .findFirst();
    }
}
