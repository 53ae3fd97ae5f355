package org.hybridir.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;

/**
 * HuggingFace's {@code config.json}, to and from a {@link TransformerConfig}. What the program cannot compute is refused
 * here: another family, another activation, relative positions, a decoder.
 */
public final class HuggingFaceConfig {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HuggingFaceConfig() {}

    /**
     * Reads the text of a {@code config.json}.
     *
     * @throws IllegalArgumentException saying which field has which value and what is allowed
     */
    public static TransformerConfig read(String json) {
        JsonNode node = parse(json);
        Family family = family(node);
        must(node, "hidden_act", "gelu", "gelu");
        must(node, "position_embedding_type", "absolute", "absolute");
        must(node, "is_decoder", "false", "false");
        return new TransformerConfig(
                family,
                integer(node, "vocab_size"),
                integer(node, "hidden_size"),
                integer(node, "num_hidden_layers"),
                integer(node, "num_attention_heads"),
                integer(node, "intermediate_size"),
                integer(node, "max_position_embeddings"),
                integer(node, "type_vocab_size"),
                number(node, "layer_norm_eps"),
                node.has("pad_token_id") ? integer(node, "pad_token_id") : defaultPadId(family));
    }

    /** The text of a {@code config.json} that transformers opens as an encoder without a head. */
    public static String write(TransformerConfig config) {
        ObjectNode node = JSON.createObjectNode();
        boolean bert = config.family() == Family.BERT;
        node.putArray("architectures").add(bert ? "BertModel" : "XLMRobertaModel");
        node.put("model_type", config.family().modelType());
        node.put("vocab_size", config.vocabulary());
        node.put("hidden_size", config.hidden());
        node.put("num_hidden_layers", config.layers());
        node.put("num_attention_heads", config.heads());
        node.put("intermediate_size", config.intermediate());
        node.put("hidden_act", "gelu");
        node.put("max_position_embeddings", config.positions());
        node.put("type_vocab_size", config.tokenTypes());
        node.put("layer_norm_eps", config.layerNormEps());
        node.put("pad_token_id", config.padId());
        node.put("position_embedding_type", "absolute");
        node.put("hidden_dropout_prob", 0.1);
        node.put("attention_probs_dropout_prob", 0.1);
        node.put("initializer_range", 0.02);
        node.put("torch_dtype", "float32");
        return node.toPrettyString() + "\n";
    }

    private static JsonNode parse(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            if (!node.isObject()) {
                throw new IllegalArgumentException("config.json must hold one JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("config.json is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Family family(JsonNode node) {
        String type = node.path("model_type").asText();
        for (Family family : Family.values()) {
            if (family.modelType().equals(type)) {
                return family;
            }
        }
        List<String> allowed =
                Arrays.stream(Family.values()).map(Family::modelType).toList();
        throw new IllegalArgumentException("config.json: [model_type] is [" + type + "], and only " + allowed
                + " are supported; take a model of one of these families");
    }

    private static void must(JsonNode node, String field, String absent, String allowed) {
        String found = node.path(field).asText(absent);
        if (!found.equals(allowed)) {
            throw new IllegalArgumentException("config.json: [" + field + "] is [" + found + "], and only [" + allowed
                    + "] is supported; take a model without it");
        }
    }

    private static int integer(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isInt()) {
            throw new IllegalArgumentException(
                    "config.json: [" + field + "] must be a whole number, not [" + found(value) + "]");
        }
        return value.intValue();
    }

    private static double number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(
                    "config.json: [" + field + "] must be a number, not [" + found(value) + "]");
        }
        return value.doubleValue();
    }

    private static String found(JsonNode value) {
        return value.isMissingNode() ? "missing" : value.toString();
    }

    private static int defaultPadId(Family family) {
        return family == Family.BERT ? 0 : 1;
    }
}
