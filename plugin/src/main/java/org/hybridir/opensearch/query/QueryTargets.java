package org.hybridir.opensearch.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hybridir.opensearch.HybridIrSettings;
import org.hybridir.opensearch.VectorField;
import org.hybridir.opensearch.VectorFields;
import org.hybridir.opensearch.encoder.NodeEncoders;
import org.opensearch.action.IndicesRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.core.index.Index;
import org.opensearch.index.query.QueryCoordinatorContext;
import org.opensearch.index.query.QueryRewriteContext;

/**
 * Finds on the coordinating node what a query is about: its encoder, and the field's mapping in each index.
 *
 * <p>Where the query names no encoder, each index does: see {@link org.hybridir.opensearch.IndexEncoder}. All indices must agree.
 */
public final class QueryTargets {
    private final NodeEncoders encoders;
    private final VectorFields vectorFields;
    private final ClusterService clusterService;
    private final IndexNameExpressionResolver resolver;

    public QueryTargets(
            NodeEncoders encoders,
            VectorFields vectorFields,
            ClusterService clusterService,
            IndexNameExpressionResolver resolver) {
        this.encoders = encoders;
        this.vectorFields = vectorFields;
        this.clusterService = clusterService;
        this.resolver = resolver;
    }

    NodeEncoders encoders() {
        return encoders;
    }

    /** {@link IllegalArgumentException} if there is no encoder, or a field is not fit for the query. */
    QueryTarget find(QueryRewriteContext context, String field, String encoder) {
        Optional<List<IndexMetadata>> indices = indices(context);
        if (indices.isEmpty()) {
            return new QueryTarget(encoder == null ? noIndices(field) : encoder, List.of());
        }
        boolean allow = clusterService.getClusterSettings().get(HybridIrSettings.ALLOW_NATIVE_ENGINES);
        List<VectorField> fields = new ArrayList<>();
        for (IndexMetadata index : indices.get()) {
            VectorField vectors = vectorFields.get(index, field);
            vectors.checkEngine(allow);
            fields.add(vectors);
        }
        return new QueryTarget(encoder == null ? ofIndices(indices.get(), field) : encoder, fields);
    }

    private static String noIndices(String field) {
        throw new IllegalArgumentException("[hybrid_ir] query for field [" + field
                + "] names no encoder, and this kind of request does not tell which indices it is for;"
                + " name the encoder in the query");
    }

    /** The local indices of the request, if they are known. */
    private Optional<List<IndexMetadata>> indices(QueryRewriteContext context) {
        QueryCoordinatorContext coordinator = context.convertToCoordinatorContext();
        IndicesRequest request = coordinator == null ? null : coordinator.getSearchRequest();
        if (request == null || (request instanceof SearchRequest search && search.pointInTimeBuilder() != null)) {
            return Optional.empty();
        }
        String[] names = request.indices() == null ? new String[0] : request.indices();
        List<String> local = new ArrayList<>();
        for (String name : names) {
            if (!name.contains(":")) {
                local.add(name);
            }
        }
        if (local.isEmpty() && names.length > 0) {
            return Optional.empty();
        }
        ClusterState state = clusterService.state();
        List<IndexMetadata> found = new ArrayList<>();
        for (Index index : resolver.concreteIndices(state, request.indicesOptions(), local.toArray(String[]::new))) {
            found.add(state.metadata().getIndexSafe(index));
        }
        return Optional.of(found);
    }

    private String ofIndices(List<IndexMetadata> indices, String field) {
        Map<String, List<String>> byEncoder = new TreeMap<>();
        for (IndexMetadata index : indices) {
            byEncoder
                    .computeIfAbsent(vectorFields.encoder(index, field).orElse(""), e -> new ArrayList<>())
                    .add(index.getIndex().getName());
        }
        if (byEncoder.isEmpty() || byEncoder.containsKey("")) {
            throw new IllegalArgumentException("[hybrid_ir] query for field [" + field
                    + "] names no encoder, and neither do the indices " + byEncoder.getOrDefault("", List.of())
                    + "; name it in the query, in the setting [" + HybridIrSettings.INDEX_ENCODER.getKey()
                    + "] of the index, or in [_meta.hybrid_ir.encoder] of its mapping");
        }
        if (byEncoder.size() > 1) {
            throw new IllegalArgumentException("[hybrid_ir] query for field [" + field
                    + "] names no encoder, and the indices disagree " + byEncoder
                    + "; search those of one encoder at a time, or name the encoder in the query");
        }
        return byEncoder.keySet().iterator().next();
    }
}
