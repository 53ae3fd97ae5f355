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
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;

/**
 * The vector fields of the indices that documents go to, be they there or yet to be made. Checked before the document reaches the k-NN plugin, because a
 * field for a missing native library ends the node's process there. A field that the mapping does not have yet, or that
 * is no {@code knn_vector}, is left to the mapping: keeping vectors elsewhere is the user's right.
 */
final class TargetFields {
    private static final int MAX_KEPT = 1000;

    /** @param index its UUID, or its name if it is not there yet */
    private record Key(String index, String path) {}

    /** Versions of an index that is not there yet are those of the cluster's metadata. */
    private record Kept(long mappingVersion, long settingsVersion, Optional<VectorField> field) {}

    private final Supplier<ClusterState> state;
    private final IndexNameExpressionResolver resolver;
    private final BooleanSupplier allowNativeEngines;
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

    TargetFields(
            Supplier<ClusterState> state, IndexNameExpressionResolver resolver, BooleanSupplier allowNativeEngines) {
        this.state = state;
        this.resolver = resolver;
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

    private Optional<VectorField> field(ClusterState now, String name, String path) {
        String index = resolver.resolveDateMathExpression(name);
        IndexAbstraction target = now.metadata().getIndicesLookup().get(index);
        if (target == null) {
            long version = now.metadata().version();
            return kept(new Key(index, path), version, version, () -> FutureIndex.of(now, index).field(path));
        }
        IndexMetadata metadata = target.getWriteIndex();
        return metadata == null
                ? Optional.empty()
                : kept(
                        new Key(metadata.getIndexUUID(), path),
                        metadata.getMappingVersion(),
                        metadata.getSettingsVersion(),
                        () -> VectorField.find(metadata, path));
    }

    private Optional<VectorField> kept(
            Key key, long mappingVersion, long settingsVersion, Supplier<Optional<VectorField>> read) {
        if (kept.size() > MAX_KEPT) {
            kept.clear();
        }
        Kept old = kept.get(key);
        if (old == null || old.mappingVersion != mappingVersion || old.settingsVersion != settingsVersion) {
            old = new Kept(mappingVersion, settingsVersion, ofType(read));
            kept.put(key, old);
        }
        return old.field;
    }

    private static Optional<VectorField> ofType(Supplier<Optional<VectorField>> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException otherType) {
            return Optional.empty();
        }
    }
}
