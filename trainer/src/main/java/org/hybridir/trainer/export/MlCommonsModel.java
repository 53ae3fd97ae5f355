package org.hybridir.trainer.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.Manifest;
import org.hybridir.program.StoredZip;

/**
 * What OpenSearch's ml-commons wants of a text embedding model: a zip of exactly one {@code .pt} and {@code
 * tokenizer.json}, and a call that registers it with its SHA-256 and {@code model_config}.
 */
final class MlCommonsModel {
    static final String TOKENIZER = "tokenizer.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private MlCommonsModel() {}

    /**
     * The text of {@code tokenizer.json} with truncation and padding in it, since ml-commons would otherwise cut at 512
     * tokens and pad with id 0. The limit is the artifact's for passages, the longer one as a rule.
     */
    static String tokenizerJson(Artifact artifact) throws IOException {
        ObjectNode root = (ObjectNode) JSON.readTree(artifact.tokenizerJson());
        Manifest manifest = artifact.manifest();
        root.putObject("truncation")
                .put("direction", "Right")
                .put("max_length", Math.max(manifest.queryTokens(), manifest.passageTokens()))
                .put("strategy", "LongestFirst")
                .put("stride", 0);
        int padId = artifact.config().padId();
        root.putObject("padding")
                .put("strategy", "BatchLongest")
                .put("direction", "Right")
                .putNull("pad_to_multiple_of")
                .put("pad_id", padId)
                .put("pad_type_id", 0)
                .put("pad_token", padToken(root, padId));
        return JSON.writeValueAsString(root);
    }

    private static String padToken(JsonNode root, int padId) {
        for (JsonNode token : root.path("added_tokens")) {
            if (token.path("id").asInt(-1) == padId) {
                return token.path("content").asText();
            }
        }
        return "[PAD]";
    }

    /** Packs a module and its tokenizer. */
    static void zip(Path module, Path tokenizer, Path zip) throws IOException {
        StoredZip.write(zip, out -> {
            out.add(module.getFileName().toString(), module);
            out.add(TOKENIZER, tokenizer);
        });
    }

    /** {@code model_config} of the call that registers the model. */
    static Map<String, Object> config(Artifact artifact) {
        Manifest manifest = artifact.manifest();
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("model_type", artifact.config().family().modelType());
        config.put("embedding_dimension", artifact.dimension());
        config.put("framework_type", "sentence_transformers");
        config.put("pooling_mode", artifact.layout().pooling().name().toLowerCase(Locale.ROOT));
        config.put("normalize_result", true);
        // either one makes ml-commons ask for the role in every call, so neither is given without need
        if (!manifest.queryPrefix().isEmpty() || !manifest.passagePrefix().isEmpty()) {
            config.put("query_prefix", manifest.queryPrefix());
            config.put("passage_prefix", manifest.passagePrefix());
        }
        return config;
    }

    /** The body of {@code POST /_plugins/_ml/models/_register} for a zip. */
    static String registration(Artifact artifact, Path zip) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", artifact.manifest().name());
        body.put("version", "1.0.0");
        body.put("function_name", "TEXT_EMBEDDING");
        body.put("model_format", "TORCH_SCRIPT");
        body.put("model_content_size_in_bytes", Files.size(zip));
        body.put("model_content_hash_value", ArtifactFolder.sha256(zip));
        body.put("model_config", config(artifact));
        body.put("url", zip.toAbsolutePath().toUri().toString());
        return json(body);
    }

    static String json(Map<String, Object> values) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(values);
    }
}
