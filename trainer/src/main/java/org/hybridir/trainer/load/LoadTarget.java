package org.hybridir.trainer.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a collection goes, and how its indices look.
 *
 * @param index the passages' index; the questions' and the pipeline are named after it
 * @param encoder the node's encoder that makes the passages' vectors
 * @param shards of the index of passages, at least 1
 */
public record LoadTarget(String index, String encoder, int shards) {
    /** The field of the vectors. */
    public static final String VECTORS = "embedding";

    /**
     * The object with one field for each language, analyzed as that language is, in which a passage has its text again, in
     * the field of its own language alone. So the statistics of words are those of one language, as in an index of its own.
     */
    public static final String WORDS = "text_in";

    /** How many passages the processor encodes together. */
    private static final int BATCH_SIZE = 128;

    public LoadTarget {
        if (shards < 1) {
            throw new IllegalArgumentException("shards must be at least 1, not [" + shards + "]");
        }
    }

    /** The index of questions. */
    public String questions() {
        return index + "-questions";
    }

    /** The index of judgements, for a collection with grades. */
    public String judgements() {
        return index + "-judgements";
    }

    /** The ingest pipeline. */
    public String pipeline() {
        return index;
    }

    Map<String, Object> pipelineBody() {
        return Map.of(
                "description",
                "encodes the passages of " + index,
                "processors",
                List.of(Map.of(
                        "hybrid_ir",
                        Map.of("encoder", encoder, "field_map", Map.of("text", VECTORS), "batch_size", BATCH_SIZE))));
    }

    /** @param languages of the collection */
    Map<String, Object> passagesBody(int dimension, List<String> languages) {
        Map<String, Object> vectors = Map.of(
                "type",
                "knn_vector",
                "dimension",
                dimension,
                // Unit vectors: the inner product is the cosine. The default engine needs a native library.
                "method",
                Map.of("name", "hnsw", "engine", "lucene", "space_type", "innerproduct"));
        return Map.of(
                "settings",
                Map.of(
                        "index.knn",
                        true,
                        // With it, reading many documents, as a reindex does, closes the file of vectors in the k-NN
                        // plugin of OpenSearch 3.5, and every later search fails: all shards failed.
                        "index.knn.derived_source.enabled",
                        false,
                        "index.number_of_shards",
                        shards,
                        "index.number_of_replicas",
                        0,
                        "index.default_pipeline",
                        pipeline(),
                        "index.hybrid_ir.encoder",
                        encoder),
                "mappings",
                Map.of(
                        "dynamic",
                        "strict",
                        "properties",
                        Map.of(
                                "language",
                                Map.of("type", "keyword"),
                                "title",
                                Map.of("type", "text"),
                                "text",
                                Map.of("type", "text"),
                                WORDS,
                                Map.of("properties", words(languages)),
                                "question_ids",
                                Map.of("type", "keyword"),
                                VECTORS,
                                vectors)));
    }

    Map<String, Object> judgementsBody() {
        return oneShard(Map.of(
                "question_id", Map.of("type", "keyword"),
                "passage_id", Map.of("type", "keyword"),
                "grade", Map.of("type", "integer")));
    }

    Map<String, Object> questionsBody() {
        return oneShard(Map.of(
                "question_id", Map.of("type", "keyword"),
                "language", Map.of("type", "keyword"),
                "text", Map.of("type", "text")));
    }

    private static Map<String, Object> oneShard(Map<String, Object> properties) {
        return Map.of(
                "settings",
                Map.of("index.number_of_shards", 1, "index.number_of_replicas", 0),
                "mappings",
                Map.of("dynamic", "strict", "properties", properties));
    }

    private static Map<String, Object> words(List<String> languages) {
        Map<String, Object> fields = new LinkedHashMap<>();
        languages.forEach(
                language -> fields.put(language, Map.of("type", "text", "analyzer", LanguageAnalyzers.of(language))));
        return fields;
    }
}
