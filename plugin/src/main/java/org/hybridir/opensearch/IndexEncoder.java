package org.hybridir.opensearch;

import java.util.Map;
import java.util.Optional;
import org.opensearch.cluster.metadata.IndexMetadata;

/**
 * Which encoder made the vectors of an index, as the index itself says: by {@code _meta.hybrid_ir.fields.<field>} of its
 * mapping, else by the setting {@code index.hybrid_ir.encoder}, else by {@code _meta.hybrid_ir.encoder}.
 */
public final class IndexEncoder {
    private IndexEncoder() {}

    /** The encoder's name for one field of vectors; empty if the index names none. */
    public static Optional<String> of(IndexMetadata index, String field) {
        Map<?, ?> meta = meta(index);
        if (meta.get("fields") instanceof Map<?, ?> fields && fields.get(field) != null) {
            return Optional.of(fields.get(field).toString());
        }
        String setting = HybridIrSettings.INDEX_ENCODER.get(index.getSettings());
        return setting.isEmpty()
                ? Optional.ofNullable(meta.get("encoder")).map(Object::toString)
                : Optional.of(setting);
    }

    private static Map<?, ?> meta(IndexMetadata index) {
        return index.mapping() != null
                        && index.mapping().sourceAsMap().get("_meta") instanceof Map<?, ?> meta
                        && meta.get("hybrid_ir") instanceof Map<?, ?> ours
                ? ours
                : Map.of();
    }
}
