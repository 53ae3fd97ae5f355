package org.hybridir.trainer.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hybridir.encoder.ArtifactChange;
import org.hybridir.encoder.ArtifactException;
import org.hybridir.encoder.Json;
import org.hybridir.encoder.Manifest;
import org.hybridir.encoder.ManifestFile;
import org.hybridir.trainer.artifact.Folders;
import org.hybridir.weights.Float16;
import org.hybridir.weights.InMemoryTensors;
import org.hybridir.weights.SafetensorsFile;
import org.hybridir.weights.SafetensorsWriter;
import org.hybridir.weights.TensorSource;
import org.hybridir.weights.WeightsException;

/**
 * LoRA's matrices alone: some megabytes where the encoder that they make of their base is hundreds. On disk it is a folder
 * with two files. {@code adapter.safetensors} holds tensors {@code NAME.lora_A} [rank, in] and {@code NAME.lora_B} [out,
 * rank], NAME being the base's tensor, as 16-bit floats (other types are read too). {@code adapter.json} is
 *
 * <pre>{@code
 * {"base_sha256": "fd90...", "rank": 32, "scale": 64.0, "targets": ["query", "value"],
 *  "name": "mbert-hybrid", "query": {"prefix": "", "max_tokens": 64}, "passage": {"prefix": "", "max_tokens": 256},
 *  "provenance": {...}}
 * }</pre>
 *
 * and where int8 keeps products from 8 bits, {@code "int8": {"keep": [...]}} as in an artifact's manifest. An adapter whose
 * encoder is to tell languages less apart has a tensor {@code language_directions} too ({@link LanguageDirections}).
 *
 * @param lora rank, scale, targets
 * @param base SHA-256 in hex of the {@code model.safetensors} that it was trained on
 * @param manifest of the encoder that it makes of its base
 * @param matrices A and B of each target, and the directions that its encoder goes without, if any
 */
public record Adapter(Lora lora, String base, Manifest manifest, TensorSource matrices) {
    /** Folder inside an artifact that was trained with LoRA. */
    public static final String FOLDER = "adapter";

    static final String MATRICES = "adapter.safetensors";
    static final String SETTINGS = "adapter.json";
    /** What the folder holds. */
    public static final List<String> FILES = List.of(SETTINGS, MATRICES);

    /**
     * Writes the folder, which must not exist.
     *
     * @throws WeightsException if a number is too large for 16 bits
     */
    public void write(Path folder) throws IOException {
        Path draft = folder.resolveSibling("." + folder.getFileName() + ".part");
        try {
            Files.createDirectories(draft);
            SafetensorsWriter.write(draft.resolve(MATRICES), matrices);
            Json.write(draft.resolve(SETTINGS), settings());
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (WeightsException e) {
            throw new WeightsException(
                    "the adapter: " + e.getMessage() + "; its training diverged: train with a lower learning rate", e);
        } finally {
            Folders.delete(draft);
        }
    }

    private ObjectNode settings() {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("base_sha256", base).put("rank", lora.rank()).put("scale", lora.scale());
        lora.targets().forEach(settings.putArray("targets")::add);
        ManifestFile.writeFacts(manifest, settings);
        return settings;
    }

    /** What is done with an adapter while its file is open. */
    public interface Use<T> {
        T with(Adapter adapter) throws IOException;
    }

    /**
     * Opens a folder for as long as the use takes.
     *
     * @throws IllegalArgumentException if it holds no adapter, or one with a field that is missing or wrong
     */
    public static <T> T read(Path folder, Use<T> use) throws IOException {
        if (!Files.isRegularFile(folder.resolve(SETTINGS)) || !Files.isRegularFile(folder.resolve(MATRICES))) {
            throw new IllegalArgumentException("[" + folder + "] is no adapter: it lacks [" + SETTINGS + "] or ["
                    + MATRICES + "]; training with LoRA writes both to the folder [" + FOLDER + "] of its artifact");
        }
        try (SafetensorsFile matrices = SafetensorsFile.open(folder.resolve(MATRICES))) {
            return use.with(read(folder, matrices));
        }
    }

    /** Records in an artifact's own adapter, if it has one, what int8 keeps, so that what is merged of it keeps the same. */
    public static void keepFromInt8(Path artifact, List<String> kept) throws IOException {
        Path folder = artifact.resolve(FOLDER);
        if (Files.isDirectory(folder)) {
            ObjectNode settings = read(folder, adapter -> adapter.keeping(kept).settings());
            ArtifactChange.replace(artifact, FOLDER + "/" + SETTINGS, Json.text(settings));
        }
    }

    private Adapter keeping(List<String> kept) {
        return new Adapter(lora, base, manifest.keepingFromInt8(kept), matrices);
    }

    /** Whether its encoder goes without directions that tell the language. */
    public boolean hasLanguageDirections() {
        return matrices.names().contains(LanguageDirections.TENSOR);
    }

    /** What its encoder goes without, as stored. */
    Optional<LanguageDirections> languageDirections() throws IOException {
        return hasLanguageDirections() ? Optional.of(LanguageDirections.read(matrices)) : Optional.empty();
    }

    /**
     * The adapter of the same encoder without these directions, which are rounded to 16 bits. What int8 keeps is to be chosen
     * anew.
     *
     * @param told of how they were found, for the provenance
     */
    public Adapter without(LanguageDirections directions, Map<String, Object> told) throws IOException {
        InMemoryTensors all = new InMemoryTensors();
        for (TensorSource source : List.of(matrices, new Float16(directions.tensors()))) {
            for (String name : source.names()) {
                all.put(name, source.type(name), source.shape(name), source.bytes(name));
            }
        }
        Map<String, Object> provenance = new LinkedHashMap<>(manifest.provenance());
        provenance.put(LanguageDirections.TENSOR, told);
        return new Adapter(lora, base, manifest.forArtifact(manifest.name(), provenance), all);
    }

    private static Adapter read(Path folder, TensorSource matrices) throws IOException {
        try {
            Json settings = Json.read(SETTINGS, Files.readString(folder.resolve(SETTINGS)));
            List<String> targets = settings.strings("targets");
            Lora lora = new Lora(settings.integer("rank"), settings.number("scale"), targets);
            return new Adapter(lora, settings.string("base_sha256"), ManifestFile.readFacts(settings), matrices);
        } catch (ArtifactException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the adapter [" + folder + "] cannot be read: " + e.getMessage()
                            + "; restore its files, or train it again",
                    e);
        }
    }

    /**
     * The base's weights with the products added: W + (scale / rank) B A, rounded once, to 32 bits.
     *
     * @param weights of the base, as in its artifact
     * @throws IllegalArgumentException if the matrices are not those that the settings ask for
     */
    public TensorSource mergedInto(TensorSource weights) {
        return new AdaptedWeights(this, weights);
    }
}
