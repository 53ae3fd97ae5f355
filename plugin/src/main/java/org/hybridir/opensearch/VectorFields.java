package org.hybridir.opensearch;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.metadata.IndexAbstraction;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.common.Nullable;

/**
 * What indices say of their vector fields, remembered: a mapping is kept compressed, and to read all of it for each document
 * and each query costs more than what is done with it. What is remembered is of one version of mapping and settings.
 * Thread-safe.
 */
public final class VectorFields {
    private static final int MAX_KEPT = 1000;

    /** @param index its UUID, or its name if it is not there yet */
    private record Key(String index, String path) {}

    /**
     * Versions of an index that is not there yet are those of the cluster's metadata.
     *
     * @param otherType the refusal if the field is of another type, else null
     * @param encoder see {@link IndexEncoder}
     */
    private record Kept(
            long mappingVersion,
            long settingsVersion,
            Optional<VectorField> field,
            @Nullable String otherType,
            Optional<String> encoder) {}

    private final Map<Key, Kept> all = new ConcurrentHashMap<>();

    /** As {@link VectorField#get}. */
    public VectorField get(IndexMetadata index, String path) {
        Kept kept = kept(index, path);
        if (kept.otherType != null) {
            throw new IllegalArgumentException(kept.otherType);
        }
        return kept.field.orElseThrow(() -> VectorField.missing(index, path));
    }

    /** As {@link IndexEncoder#of}. */
    public Optional<String> encoder(IndexMetadata index, String path) {
        return kept(index, path).encoder;
    }

    /**
     * The field in the index that a document goes to, which may be there or yet to be made; empty if there is none, or one of
     * another type.
     *
     * @param name of an index, alias or data stream
     */
    public Optional<VectorField> ofTarget(ClusterState state, String name, String path) {
        IndexAbstraction target = state.metadata().getIndicesLookup().get(name);
        if (target == null) {
            long version = state.metadata().version();
            return kept(
                            new Key(name, path),
                            version,
                            version,
                            () -> FutureIndex.of(state, name).field(path),
                            Optional::empty)
                    .field;
        }
        IndexMetadata index = target.getWriteIndex();
        return index == null ? Optional.empty() : kept(index, path).field;
    }

    private Kept kept(IndexMetadata index, String path) {
        return kept(
                new Key(index.getIndexUUID(), path),
                index.getMappingVersion(),
                index.getSettingsVersion(),
                () -> VectorField.find(index, path),
                () -> IndexEncoder.of(index, path));
    }

    private Kept kept(
            Key key,
            long mappingVersion,
            long settingsVersion,
            Supplier<Optional<VectorField>> field,
            Supplier<Optional<String>> encoder) {
        Kept kept = all.get(key);
        if (kept == null || kept.mappingVersion != mappingVersion || kept.settingsVersion != settingsVersion) {
            kept = read(mappingVersion, settingsVersion, field, encoder);
            if (all.size() >= MAX_KEPT) {
                all.clear();
            }
            all.put(key, kept);
        }
        return kept;
    }

    private static Kept read(
            long mappingVersion,
            long settingsVersion,
            Supplier<Optional<VectorField>> field,
            Supplier<Optional<String>> encoder) {
        try {
            return new Kept(mappingVersion, settingsVersion, field.get(), null, encoder.get());
        } catch (IllegalArgumentException e) {
            return new Kept(mappingVersion, settingsVersion, Optional.empty(), e.getMessage(), encoder.get());
        }
    }
}
