package org.hybridir.opensearch.evaluate;

import java.util.Map;
import org.opensearch.cluster.metadata.AliasMetadata;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.metadata.MappingMetadata;

/**
 * What an index promises in its mapping, checked before any document is read.
 *
 * @param name the concrete index
 * @param mapping as in {@code GET _mapping}; empty if there is none
 */
record PassageIndex(String name, Map<String, Object> mapping) {
    private static final String KNN_VECTOR = "knn_vector";
    /** What the k-NN plugin takes if a mapping names no engine. */
    private static final String DEFAULT_ENGINE = "faiss";

    static PassageIndex of(IndexMetadata metadata) {
        MappingMetadata mapping = metadata.mapping();
        return new PassageIndex(metadata.getIndex().getName(), mapping == null ? Map.of() : mapping.sourceAsMap());
    }

    /** @throws IllegalArgumentException if the name given is an alias that hides some of the passages */
    static void refuseFilter(IndexMetadata metadata, String given) {
        AliasMetadata alias = metadata.getAliases().get(given);
        if (alias != null && alias.filteringRequired()) {
            throw new IllegalArgumentException("alias [" + given + "] has a filter, which an evaluation cannot apply: "
                    + "evaluate an index of the passages wanted, or restrict [languages]");
        }
    }

    /**
     * The fields of passages.
     *
     * @throws IllegalArgumentException if one is missing or of another type, or its vectors are not Lucene's floats
     */
    PassageFields fields(String vector, boolean withQuestionIds) {
        requireKeyword(PassageFields.LANGUAGE);
        if (withQuestionIds) {
            requireKeyword(PassageFields.QUESTION_IDS);
        }
        Map<?, ?> field = field(vector);
        requireType(vector, field, KNN_VECTOR);
        requireLucene(vector, field);
        if (field.get("dimension") instanceof Number dimension) {
            return new PassageFields(vector, dimension.intValue());
        }
        throw new IllegalArgumentException(
                "field [" + vector + "] of index [" + name + "] has no [dimension]: name it in the mapping");
    }

    private void requireLucene(String path, Map<?, ?> field) {
        Object engine = field.get("method") instanceof Map<?, ?> method ? method.get("engine") : null;
        String used = engine == null ? DEFAULT_ENGINE : engine.toString();
        if (used.equals("lucene") == false) {
            throw new IllegalArgumentException("field [" + path + "] of index [" + name + "] uses the k-NN engine ["
                    + used + "], an evaluation reads the vectors of [lucene]: map the field with"
                    + " \"method\": {\"name\": \"hnsw\", \"engine\": \"lucene\"} and index again");
        }
        Object type = field.get("data_type");
        if (type != null && type.equals("float") == false) {
            throw new IllegalArgumentException("field [" + path + "] of index [" + name + "] has vectors of [" + type
                    + "], an evaluation reads those of [float]");
        }
    }

    /** @throws IllegalArgumentException if the field is missing or no keyword */
    void requireKeyword(String path) {
        requireType(path, field(path), "keyword");
    }

    private void requireType(String path, Map<?, ?> field, String wanted) {
        if (wanted.equals(field.get("type")) == false) {
            throw new IllegalArgumentException("field [" + path + "] of index [" + name + "] has the type ["
                    + (field.get("type") == null ? "object" : field.get("type")) + "], an evaluation needs [" + wanted
                    + "]");
        }
    }

    private Map<?, ?> field(String path) {
        Map<?, ?> level = mapping;
        Map<?, ?> field = null;
        for (String part : path.split("\\.")) {
            if (level.get("properties") instanceof Map<?, ?> properties
                    && properties.get(part) instanceof Map<?, ?> found) {
                field = found;
            } else {
                throw new IllegalArgumentException("index [" + name + "] has no field [" + path + "]");
            }
            if ("nested".equals(field.get("type"))) {
                throw new IllegalArgumentException("field [" + path + "] of index [" + name + "] is in the nested ["
                        + part + "], an evaluation reads one value a document");
            }
            level = field;
        }
        return field;
    }
}
