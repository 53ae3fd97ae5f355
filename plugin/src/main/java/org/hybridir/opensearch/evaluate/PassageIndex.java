package org.hybridir.opensearch.evaluate;

import java.util.Map;
import org.hybridir.opensearch.VectorField;
import org.opensearch.cluster.metadata.AliasMetadata;
import org.opensearch.cluster.metadata.IndexMetadata;

/** What an index promises in its mapping, checked before any document is read. */
record PassageIndex(IndexMetadata metadata) {
    /** @throws IllegalArgumentException if the name given is an alias that hides some of the passages */
    static void refuseFilter(IndexMetadata metadata, String given) {
        AliasMetadata alias = metadata.getAliases().get(given);
        if (alias != null && alias.filteringRequired()) {
            throw new IllegalArgumentException("alias [" + given + "] has a filter, which an evaluation cannot apply: "
                    + "evaluate an index of the passages wanted, or restrict [languages]");
        }
    }

    /** @throws IllegalArgumentException if what tells of passages is missing or of another type */
    void requirePassages(boolean withQuestionIds) {
        requireKeyword(PassageFields.LANGUAGE);
        if (withQuestionIds) {
            requireKeyword(PassageFields.QUESTION_IDS);
        }
    }

    /**
     * The field of vectors.
     *
     * @throws IllegalArgumentException if it is missing or of another type, or its vectors are not Lucene's floats
     */
    PassageFields fields(String vector) {
        VectorField field = VectorField.get(metadata, vector);
        field(vector);
        requireLucene(field);
        if (field.dimension() == 0) {
            throw new IllegalArgumentException(
                    "field [" + vector + "] of index [" + name() + "] has no [dimension]: name it in the mapping");
        }
        return new PassageFields(vector, field.dimension());
    }

    /** Other engines keep vectors in files of their own, and an index without k-NN keeps none that can be ranked. */
    private void requireLucene(VectorField field) {
        if (field.engine().equals("lucene") == false) {
            throw new IllegalArgumentException("field [" + field.path() + "] of index [" + name()
                    + "] uses the k-NN engine [" + field.engine()
                    + "], an evaluation reads the vectors of [lucene]: set"
                    + " [index.knn] to [true], map the field with \"method\": {\"name\": \"hnsw\", \"engine\":"
                    + " \"lucene\"}, and index again");
        }
        field.checkEngine(false);
    }

    /** @throws IllegalArgumentException if the field is missing or no keyword */
    void requireKeyword(String path) {
        requireType(path, field(path), "keyword");
    }

    private void requireType(String path, Map<?, ?> field, String wanted) {
        if (wanted.equals(field.get("type")) == false) {
            throw new IllegalArgumentException("field [" + path + "] of index [" + name() + "] has the type ["
                    + (field.get("type") == null ? "object" : field.get("type")) + "], an evaluation needs [" + wanted
                    + "]");
        }
    }

    private Map<?, ?> field(String path) {
        Map<?, ?> level =
                metadata.mapping() == null ? Map.of() : metadata.mapping().sourceAsMap();
        Map<?, ?> field = null;
        for (String part : path.split("\\.")) {
            if (level.get("properties") instanceof Map<?, ?> properties
                    && properties.get(part) instanceof Map<?, ?> found) {
                field = found;
            } else {
                throw new IllegalArgumentException("index [" + name() + "] has no field [" + path + "]");
            }
            if ("nested".equals(field.get("type"))) {
                throw new IllegalArgumentException("field [" + path + "] of index [" + name() + "] is in the nested ["
                        + part + "], an evaluation reads one value a document");
            }
            level = field;
        }
        return field;
    }

    private String name() {
        return metadata.getIndex().getName();
    }
}
