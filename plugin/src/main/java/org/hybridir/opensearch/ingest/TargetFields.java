package org.hybridir.opensearch.ingest;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.hybridir.opensearch.VectorField;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.metadata.IndexAbstraction;
import org.opensearch.cluster.metadata.IndexMetadata;

/**
 * The vector fields of the indices that documents go to. Checked before the document reaches the k-NN plugin, because a
 * field for a missing native library ends the node's process there. A field that the mapping does not have yet, or that
 * is no {@code knn_vector}, is left to the mapping: keeping vectors elsewhere is the user's right.
 */
final class TargetFields {
    private static final int MAX_KEPT = 1000;

    private record Key(String indexUuid, String path) {}

    private record Kept(long mappingVersion, long settingsVersion, Optional<VectorField> field) {}

    private final Supplier<ClusterState> state;
    private final BooleanSupplier allowNativeEngines;
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

    TargetFields(Supplier<ClusterState> state, BooleanSupplier allowNativeEngines) {
        this.state = state;
        this.allowNativeEngines = allowNativeEngines;
    }

    /** Refuses a field of an engine whose native library may be missing. */
    void checkEngines(String index, FieldMap fields) {
        ClusterState now = state.get();
        boolean allow = allowNativeEngines.getAsBoolean();
        for (FieldMap.Entry entry : fields.entries()) {
            for (String path : paths(entry)) {
                field(now, index, path).ifPresent(field -> field.checkEngine(allow));
            }
        }
    }

    /** Refuses vectors whose length is not the mapping's. */
    void checkDimension(String index, FieldMap fields, String encoder, int length) {
        ClusterState now = state.get();
        for (FieldMap.Entry entry : fields.entries()) {
            for (String path : paths(entry)) {
                field(now, index, path).ifPresent(field -> field.checkDimension(encoder, length));
            }
        }
    }

    /** A string's vector, and that of a string in an array. */
    private static String[] paths(FieldMap.Entry entry) {
        return new String[] {entry.targetPath(), entry.targetPath() + "." + DocumentTexts.VECTOR};
    }

    private Optional<VectorField> field(ClusterState now, String index, String path) {
        IndexAbstraction target = now.metadata().getIndicesLookup().get(index);
        IndexMetadata metadata = target == null ? null : target.getWriteIndex();
        if (metadata == null) {
            return Optional.empty();
        }
        if (kept.size() > MAX_KEPT) {
            kept.clear();
        }
        Key key = new Key(metadata.getIndexUUID(), path);
        Kept old = kept.get(key);
        if (old == null
                || old.mappingVersion != metadata.getMappingVersion()
                || old.settingsVersion != metadata.getSettingsVersion()) {
            old = new Kept(metadata.getMappingVersion(), metadata.getSettingsVersion(), read(metadata, path));
            kept.put(key, old);
        }
        return old.field;
    }

    private static Optional<VectorField> read(IndexMetadata metadata, String path) {
        try {
            return VectorField.find(metadata, path);
        } catch (IllegalArgumentException otherType) {
            return Optional.empty();
        }
    }
}
