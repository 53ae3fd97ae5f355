package org.hybridir.opensearch.ingest;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.hybridir.opensearch.VectorField;
import org.hybridir.opensearch.VectorFields;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;

/**
 * The vector fields of the indices that documents go to, be they there or yet to be made. Checked before the document
 * reaches the k-NN plugin, because a field for a missing native library ends the node's process there. A field that the
 * mapping does not have yet, or that is no {@code knn_vector}, is left to the mapping: keeping vectors elsewhere is the
 * user's right.
 */
final class TargetFields {
    private final Supplier<ClusterState> state;
    private final IndexNameExpressionResolver resolver;
    private final VectorFields fields;
    private final BooleanSupplier allowNativeEngines;

    TargetFields(
            Supplier<ClusterState> state,
            IndexNameExpressionResolver resolver,
            VectorFields fields,
            BooleanSupplier allowNativeEngines) {
        this.state = state;
        this.resolver = resolver;
        this.fields = fields;
        this.allowNativeEngines = allowNativeEngines;
    }

    /** Refuses a field of an engine whose native library may be missing. */
    void checkEngines(String index, FieldMap map) {
        ClusterState now = state.get();
        boolean allow = allowNativeEngines.getAsBoolean();
        for (FieldMap.Entry entry : map.entries()) {
            for (String path : paths(entry)) {
                field(now, index, path).ifPresent(field -> field.checkEngine(allow));
            }
        }
    }

    /** Refuses vectors whose length is not the mapping's. */
    void checkDimension(String index, FieldMap map, String encoder, int length) {
        ClusterState now = state.get();
        for (FieldMap.Entry entry : map.entries()) {
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
        return fields.ofTarget(now, resolver.resolveDateMathExpression(index), path);
    }
}
