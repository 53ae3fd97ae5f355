package org.hybridir.opensearch;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.metadata.MappingMetadata;
import org.opensearch.common.settings.Settings;

/**
 * A field of the k-NN plugin's type {@code knn_vector}, as the mapping of an index states it. Read from the cluster
 * state, because at query and at ingest the wrong field must be refused before the k-NN plugin sees it.
 *
 * @param index the index's name
 * @param path the field's path, dots between objects
 * @param dimension the length of its vectors; 0 if a trained model decides it
 * @param engine {@code lucene}, {@code faiss}, {@code nmslib}, or {@code none} if the index has no k-NN structures
 * @param dataType {@code float}, or another type that float vectors do not fit
 */
public record VectorField(String index, String path, int dimension, String engine, String dataType) {
    /** What the k-NN plugin takes when the mapping names no engine. */
    private static final String DEFAULT_ENGINE = "faiss";

    private static final String REMEDY = "map it as {\"type\": \"knn_vector\", \"dimension\": ..., \"method\":"
            + " {\"name\": \"hnsw\", \"engine\": \"lucene\"}}";

    /** The field of that path, or empty if the mapping has none; {@link IllegalArgumentException} for another type. */
    public static Optional<VectorField> find(IndexMetadata index, String path) {
        MappingMetadata mapping = index.mapping();
        return mapping == null
                ? Optional.empty()
                : find(index.getIndex().getName(), index.getSettings(), mapping.sourceAsMap(), path);
    }

    /**
     * The same of an index that is there or yet to be made.
     *
     * @param mapping as parsed
     */
    static Optional<VectorField> find(String index, Settings settings, Map<?, ?> mapping, String path) {
        Object field = field(mapping, path);
        if (field instanceof Map<?, ?> alias && "alias".equals(alias.get("type"))) {
            field = field(mapping, String.valueOf(alias.get("path")));
        }
        return field instanceof Map<?, ?> properties
                ? Optional.of(read(index, settings, path, properties))
                : Optional.empty();
    }

    /** The field of that path; {@link IllegalArgumentException} if the index has none or it is of another type. */
    public static VectorField get(IndexMetadata index, String path) {
        return find(index, path).orElseThrow(() -> missing(index, path));
    }

    static IllegalArgumentException missing(IndexMetadata index, String path) {
        return new IllegalArgumentException(
                "index [" + index.getIndex().getName() + "] has no field [" + path + "]; " + REMEDY);
    }

    private static VectorField read(String index, Settings settings, String path, Map<?, ?> properties) {
        Object type = properties.get("type");
        if (!"knn_vector".equals(type)) {
            throw new IllegalArgumentException("field [" + path + "] of index [" + index + "] is of type ["
                    + (type == null ? "object" : type) + "], not [knn_vector]; " + REMEDY);
        }
        Object dimension = properties.get("dimension");
        Object dataType = properties.get("data_type");
        return new VectorField(
                index,
                path,
                dimension == null ? 0 : Integer.parseInt(dimension.toString()),
                engine(settings, properties),
                dataType == null ? "float" : dataType.toString().toLowerCase(Locale.ROOT));
    }

    private static String engine(Settings settings, Map<?, ?> properties) {
        if (!settings.getAsBoolean("index.knn", false)) {
            return "none";
        }
        Object method = properties.get("method");
        Object engine = method instanceof Map<?, ?> map ? map.get("engine") : properties.get("engine");
        return engine == null ? DEFAULT_ENGINE : engine.toString().toLowerCase(Locale.ROOT);
    }

    /** Walks {@code properties} of objects, and {@code fields} of multi-fields. */
    private static Object field(Map<?, ?> node, String path) {
        for (String kind : new String[] {"properties", "fields"}) {
            if (!(node.get(kind) instanceof Map<?, ?> children)) {
                continue;
            }
            for (int end = path.indexOf('.'); end >= 0; end = path.indexOf('.', end + 1)) {
                Object found = children.get(path.substring(0, end)) instanceof Map<?, ?> child
                        ? field(child, path.substring(end + 1))
                        : null;
                if (found != null) {
                    return found;
                }
            }
            if (children.get(path) != null) {
                return children.get(path);
            }
        }
        return null;
    }

    /** Refuses an engine whose native library may be missing, unless the node's settings allow it. */
    public void checkEngine(boolean allowNativeEngines) {
        boolean inJava = engine.equals("lucene") || engine.equals("none");
        if (!inJava && !allowNativeEngines) {
            throw new IllegalArgumentException("field [" + path + "] of index [" + index + "] is for the k-NN engine ["
                    + engine
                    + "], which runs in a native library; where that is missing, as in the k-NN plugin published on"
                    + " Maven Central, the node's process ends at the first document. " + capitalised(REMEDY)
                    + " (without an engine the k-NN plugin takes [" + DEFAULT_ENGINE + "]), or, if every node has the"
                    + " library, set [" + HybridIrSettings.ALLOW_NATIVE_ENGINES.getKey() + "] to [true]");
        }
        if (!dataType.equals("float")) {
            throw new IllegalArgumentException("field [" + path + "] of index [" + index + "] has the data type ["
                    + dataType + "], but encoders make vectors of [float]; leave out [data_type]");
        }
    }

    /** Refuses an encoder whose vectors have another length. */
    public void checkDimension(String encoder, int length) {
        if (dimension != 0 && dimension != length) {
            throw new IllegalArgumentException("encoder [" + encoder + "] makes vectors of dimension [" + length
                    + "], but field [" + path + "] of index [" + index + "] is mapped with dimension [" + dimension
                    + "]; name the encoder that the mapping was made for, or map the field with [" + length + "]");
        }
    }

    private static String capitalised(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
