package org.hybridir.trainer.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.ArtifactSpec;
import org.hybridir.encoder.Dense;
import org.hybridir.encoder.Manifest;
import org.hybridir.encoder.Pooling;
import org.hybridir.encoder.SentenceTransformersLayout;
import org.hybridir.program.Family;
import org.hybridir.program.HuggingFaceConfig;
import org.hybridir.program.TransformerConfig;
import org.hybridir.weights.SafetensorsFile;

/**
 * A model's folder as HuggingFace's hub gives it: {@code config.json} of the BERT or XLM-R family, weights as safetensors
 * (one file or several with an index), {@code tokenizer.json} or BERT's {@code vocab.txt}; and, if it is a
 * sentence-transformers model, {@code modules.json}, pooling, an optional dense layer, prompts. Without modules the mean
 * over the tokens is taken, unless the settings say otherwise.
 *
 * <p>Pickles ({@code pytorch_model.bin}, {@code .pt}) are programs, so they are refused, not read.
 */
public final class HuggingFaceFolder implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final List<String> QUERY_PROMPTS = List.of("query");
    private static final List<String> PASSAGE_PROMPTS = List.of("passage", "document");
    /** XLM-R's positions start behind the padding's id. */
    private static final int XLM_ROBERTA_FIRST_POSITION = 2;

    private final ArtifactFolder folder;
    private final List<SafetensorsFile> open = new ArrayList<>();

    private HuggingFaceFolder(ArtifactFolder folder) {
        this.folder = folder;
    }

    /** Opens a folder; what is wrong with its content is said by {@link #spec}. */
    public static HuggingFaceFolder open(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new ImportException("there is no folder [" + path
                    + "]; give [mbert], or a folder with config.json, model.safetensors and tokenizer.json");
        }
        return new HuggingFaceFolder(ArtifactFolder.followingLinks(path));
    }

    /** What the artifact is written from. Valid until this is closed. */
    public ArtifactSpec spec(ImportSettings settings) throws IOException {
        TransformerConfig config = config();
        NamedTensors weights = weights();
        Optional<SentenceTransformersLayout> layout = layout();
        Optional<Dense> dense = layout.flatMap(SentenceTransformersLayout::dense);
        Optional<NamedTensors> denseWeights = dense.isPresent()
                ? Optional.of(denseWeights(layout.get().densePath().orElseThrow()))
                : Optional.empty();
        return new ArtifactSpec(
                config,
                tokenizer(),
                weights,
                pooling(layout, settings),
                dense,
                denseWeights.map(tensors -> tensors),
                manifest(config, settings));
    }

    private TransformerConfig config() throws IOException {
        if (!folder.has("config.json")) {
            throw new ImportException("[" + folder.root() + "] has no config.json; give the folder of a HuggingFace or"
                    + " sentence-transformers model");
        }
        try {
            return HuggingFaceConfig.read(folder.text("config.json"));
        } catch (IllegalArgumentException e) {
            throw new ImportException("[" + folder.root() + "] cannot be imported: " + e.getMessage(), e);
        }
    }

    private NamedTensors weights() throws IOException {
        if (folder.has(WEIGHTS)) {
            return NamedTensors.ofTransformer(List.of(safetensors(WEIGHTS)));
        }
        if (folder.has(INDEX)) {
            List<SafetensorsFile> shards = new ArrayList<>();
            for (String file : shardFiles()) {
                shards.add(safetensors(file));
            }
            return NamedTensors.ofTransformer(shards);
        }
        throw noSafetensors("", WEIGHTS);
    }

    private TreeSet<String> shardFiles() throws IOException {
        TreeSet<String> files = new TreeSet<>();
        for (JsonNode file : json(INDEX).path("weight_map")) {
            files.add(file.asText());
        }
        return files;
    }

    private SafetensorsFile safetensors(String path) throws IOException {
        SafetensorsFile file = SafetensorsFile.open(folder.file(path));
        open.add(file);
        return file;
    }

    private NamedTensors denseWeights(String path) throws IOException {
        String file = path + "/" + WEIGHTS;
        if (!folder.has(file)) {
            throw noSafetensors(path, file);
        }
        return NamedTensors.of(safetensors(file));
    }

    /** Says which other weights are there, and why they do not do. */
    private ImportException noSafetensors(String path, String wanted) throws IOException {
        List<String> others;
        try (var files = Files.list(folder.root().resolve(path))) {
            others = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(".*\\.(bin|pt|pth|ckpt|pkl|h5|msgpack|onnx|ot|tflite|gguf)"))
                    .sorted()
                    .toList();
        }
        String found = others.isEmpty()
                ? "no weights at all"
                : others
                        + "; pickles (.bin, .pt, .pth, .ckpt, .pkl) are programs and are never loaded, the other formats"
                        + " are not read";
        return new ImportException("[" + folder.root() + "] has no [" + wanted + "], but " + found
                + ": save the model as safetensors (save_pretrained with safe_serialization=True) and import that");
    }

    private Optional<SentenceTransformersLayout> layout() throws IOException {
        return folder.has("modules.json") ? Optional.of(SentenceTransformersLayout.read(folder)) : Optional.empty();
    }

    private static Pooling pooling(Optional<SentenceTransformersLayout> layout, ImportSettings settings)
            throws ImportException {
        if (layout.isEmpty()) {
            return settings.pooling().orElse(Pooling.MEAN);
        }
        Pooling own = layout.get().pooling();
        if (settings.pooling().isPresent() && settings.pooling().get() != own) {
            throw new ImportException("the model pools by [" + own + "], so it cannot be imported with ["
                    + settings.pooling().get() + "]; leave the pooling out");
        }
        return own;
    }

    private String tokenizer() throws IOException {
        if (folder.has("tokenizer.json")) {
            return folder.text("tokenizer.json");
        }
        if (folder.has("vocab.txt")) {
            return WordPieceTokenizer.json(
                    Files.readAllLines(folder.file("vocab.txt")), optionalJson("tokenizer_config.json"));
        }
        throw new ImportException("[" + folder.root() + "] has neither tokenizer.json nor vocab.txt; a SentencePiece"
                + " model alone is not read: save the tokenizer with transformers' AutoTokenizer, which writes"
                + " tokenizer.json");
    }

    private Manifest manifest(TransformerConfig config, ImportSettings settings) throws IOException {
        JsonNode prompts = optionalJson("config_sentence_transformers.json").path("prompts");
        int positions = config.positions() - (config.family() == Family.XLM_ROBERTA ? XLM_ROBERTA_FIRST_POSITION : 0);
        int longest = Math.min(
                positions,
                optionalJson("sentence_bert_config.json").path("max_seq_length").asInt(positions));
        return new Manifest(
                settings.name().orElse(folder.root().getFileName().toString()),
                settings.queryPrefix().orElse(prompt(prompts, QUERY_PROMPTS)),
                settings.passagePrefix().orElse(prompt(prompts, PASSAGE_PROMPTS)),
                tokens("query", settings.queryTokens(), Math.min(longest, ImportSettings.QUERY_TOKENS), positions),
                tokens(
                        "passage",
                        settings.passageTokens(),
                        Math.min(longest, ImportSettings.PASSAGE_TOKENS),
                        positions),
                Map.of(),
                provenance());
    }

    private static int tokens(String what, Optional<Integer> asked, int otherwise, int positions)
            throws ImportException {
        int tokens = asked.orElse(otherwise);
        if (tokens > positions) {
            throw new ImportException(
                    what + " tokens [" + tokens + "] are more than the model's positions, [" + positions + "]");
        }
        return tokens;
    }

    private static String prompt(JsonNode prompts, List<String> names) {
        for (String name : names) {
            if (prompts.path(name).isTextual()) {
                return prompts.path(name).asText();
            }
        }
        return "";
    }

    private Map<String, Object> provenance() throws IOException {
        Map<String, Object> provenance = new LinkedHashMap<>();
        JsonNode config = json("config.json");
        provenance.put(
                "base",
                config.path("_name_or_path").asText(folder.root().getFileName().toString()));
        provenance.put("source", "folder " + folder.root().getFileName());
        provenance.put("sha256", hashes());
        return provenance;
    }

    private Map<String, String> hashes() throws IOException {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String file : List.of("config.json", "tokenizer.json", "vocab.txt", WEIGHTS)) {
            if (folder.has(file)) {
                hashes.put(file, folder.sha256(file));
            }
        }
        for (String file : folder.has(INDEX) ? shardFiles() : new TreeSet<String>()) {
            hashes.put(file, folder.sha256(file));
        }
        return hashes;
    }

    private JsonNode optionalJson(String path) throws IOException {
        return folder.has(path) ? json(path) : JSON.createObjectNode();
    }

    private JsonNode json(String path) throws IOException {
        try {
            return JSON.readTree(folder.text(path));
        } catch (JsonProcessingException e) {
            throw new ImportException(
                    "[" + folder.root().resolve(path) + "] is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        for (SafetensorsFile file : open) {
            file.close();
        }
    }
}
