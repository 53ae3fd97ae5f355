package org.hybridir.encoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.hybridir.program.HuggingFaceConfig;
import org.hybridir.program.TransformerWeights;
import org.hybridir.weights.SafetensorsWriter;
import org.hybridir.weights.TensorSource;

/** Writes an artifact folder: all of it or nothing. */
public final class ArtifactWriter {
    private ArtifactWriter() {}

    /**
     * Writes the files beside {@code folder}, opens them, computes the golden vectors, and renames the result to
     * {@code folder}, which must not exist.
     *
     * @throws ArtifactException if what is given does not make an artifact that opens
     */
    public static void write(ArtifactSpec spec, Path folder) throws IOException {
        write(spec, folder, Map.of());
    }

    /** As {@link #write(ArtifactSpec, Path)}, with copies of further files: path in the artifact to file. */
    public static void write(ArtifactSpec spec, Path folder, Map<String, Path> further) throws IOException {
        if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(
                    folder.toString(), null, "an artifact is written to a new folder; remove this one or name another");
        }
        Path target = folder.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path draft = target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
        try {
            Files.createDirectory(draft);
            writeModel(spec, draft);
            writeForSentenceTransformers(spec, draft);
            Files.writeString(draft.resolve("README.md"), ModelCard.of(spec));
            for (Map.Entry<String, Path> file : further.entrySet()) {
                Path copy = draft.resolve(file.getKey());
                Files.createDirectories(copy.getParent());
                Files.copy(file.getValue(), copy);
            }
            writeGolden(spec.manifest(), draft);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            delete(draft);
            throw e;
        }
    }

    private static void writeModel(ArtifactSpec spec, Path draft) throws IOException {
        SentenceTransformersLayout layout = layout(spec);
        Files.writeString(draft.resolve(Artifact.CONFIG), HuggingFaceConfig.write(spec.config()));
        Files.writeString(draft.resolve(Artifact.TOKENIZER), spec.tokenizerJson());
        layout.write(draft);
        writeTensors(draft.resolve(Artifact.WEIGHTS), TransformerWeights.shapes(spec.config()), spec.weights());
        if (spec.dense().isPresent()) {
            Path file = draft.resolve(layout.densePath().orElseThrow()).resolve(Artifact.WEIGHTS);
            writeTensors(file, spec.dense().get().shapes(), spec.denseWeights().orElseThrow());
        }
    }

    private static SentenceTransformersLayout layout(ArtifactSpec spec) {
        return new SentenceTransformersLayout(
                spec.pooling(),
                "1_Pooling",
                spec.config().hidden(),
                spec.dense(),
                spec.dense().map(dense -> "2_Dense"),
                true);
    }

    private static void writeTensors(Path file, Map<String, long[]> expected, TensorSource source) throws IOException {
        try {
            TransformerWeights.check(expected, source);
        } catch (IllegalArgumentException e) {
            throw new ArtifactException(
                    "the weights given do not make [" + file.getFileName() + "]: " + e.getMessage(), e);
        }
        SafetensorsWriter.write(file, new SelectedTensors(source, expected.keySet()));
    }

    private static void writeForSentenceTransformers(ArtifactSpec spec, Path draft) throws IOException {
        Manifest manifest = spec.manifest();
        int longest = Math.max(manifest.queryTokens(), manifest.passageTokens());
        Json.write(
                draft.resolve("sentence_bert_config.json"),
                Json.MAPPER.createObjectNode().put("max_seq_length", longest).put("do_lower_case", false));
        Json.write(draft.resolve("tokenizer_config.json"), tokenizerConfig(spec, longest));
        ObjectNode config = Json.MAPPER.createObjectNode();
        ObjectNode prompts = config.putObject("prompts");
        for (TextRole role : TextRole.values()) {
            prompts.put(role.key(), manifest.prefix(role));
        }
        config.putNull("default_prompt_name").put("similarity_fn_name", "cosine");
        Json.write(draft.resolve("config_sentence_transformers.json"), config);
    }

    /** The generic class takes tokenizer.json as it is; BERT's own would lower the case. */
    private static ObjectNode tokenizerConfig(ArtifactSpec spec, int longest) throws IOException {
        // by the tokenizer, not the family: MiniLM is a BERT under XLM-R's tokenizer
        boolean bert = Json.MAPPER
                .readTree(spec.tokenizerJson())
                .at("/model/type")
                .asText()
                .equals("WordPiece");
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("tokenizer_class", "PreTrainedTokenizerFast").put("model_max_length", longest);
        node.put("pad_token", bert ? "[PAD]" : "<pad>").put("unk_token", bert ? "[UNK]" : "<unk>");
        node.put("cls_token", bert ? "[CLS]" : "<s>").put("sep_token", bert ? "[SEP]" : "</s>");
        return node.put("mask_token", bert ? "[MASK]" : "<mask>");
    }

    private static void writeGolden(Manifest manifest, Path draft) throws IOException {
        ManifestFile.write(draft, manifest.withFiles(hashes(draft)));
        try (Encoder encoder = Encoder.openUnproven(draft, EncoderOptions.defaults(), Reservations.NONE)) {
            GoldenVectors.write(draft, encoder);
        }
        ManifestFile.write(draft, manifest.withFiles(hashes(draft)));
    }

    static Map<String, String> hashes(Path draft) throws IOException {
        ArtifactFolder folder = new ArtifactFolder(draft);
        Map<String, String> hashes = new TreeMap<>();
        for (Path file : files(draft)) {
            String path = draft.relativize(file).toString().replace('\\', '/');
            if (!path.equals(ManifestFile.NAME)) {
                hashes.put(path, folder.sha256(path));
            }
        }
        return hashes;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
