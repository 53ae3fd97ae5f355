package org.hybridir.encoder;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hybridir.program.HuggingFaceConfig;
import org.hybridir.program.LayerArithmetic;
import org.hybridir.program.PackedLayers;
import org.hybridir.program.TransformerConfig;
import org.hybridir.program.TransformerWeights;
import org.hybridir.weights.SafetensorsFile;
import org.hybridir.weights.WeightsException;

/**
 * An opened artifact whose files are what its manifest says and fit together. The weights stay mapped until it is
 * closed.
 */
public record Artifact(
        ArtifactFolder folder,
        Manifest manifest,
        TransformerConfig config,
        SentenceTransformersLayout layout,
        SafetensorsFile weights,
        Optional<SafetensorsFile> denseWeights)
        implements Closeable {
    static final String CONFIG = "config.json";
    static final String TOKENIZER = "tokenizer.json";
    static final String WEIGHTS = "model.safetensors";

    /**
     * Opens and verifies: the manifest's format, each file's hash, the family, pooling and dense layer, and every
     * tensor's presence and shape.
     */
    public static Artifact open(ArtifactFolder folder) throws IOException {
        Manifest manifest = ManifestFile.read(folder);
        verifyHashes(folder, manifest);
        TransformerConfig config = readConfig(folder);
        SentenceTransformersLayout layout = SentenceTransformersLayout.read(folder);
        requireListed(manifest, layout);
        requireFit(manifest, config, layout);
        List<SafetensorsFile> opened = new ArrayList<>();
        try {
            opened.add(openWeights(folder, WEIGHTS, TransformerWeights.shapes(config)));
            if (layout.dense().isPresent()) {
                opened.add(openWeights(
                        folder, denseFile(layout), layout.dense().get().shapes()));
            }
        } catch (IOException | RuntimeException e) {
            for (SafetensorsFile file : opened) {
                file.close();
            }
            throw e;
        }
        Optional<SafetensorsFile> dense = opened.size() > 1 ? Optional.of(opened.get(1)) : Optional.empty();
        return new Artifact(folder, manifest, config, layout, opened.get(0), dense);
    }

    private static void verifyHashes(ArtifactFolder folder, Manifest manifest) throws IOException {
        for (Map.Entry<String, String> file : manifest.files().entrySet()) {
            String found = folder.sha256(file.getKey());
            if (!found.equals(file.getValue())) {
                throw new ArtifactException("the file [" + file.getKey() + "] of the artifact [" + folder.root()
                        + "] was changed: its SHA-256 is [" + found + "], and [" + ManifestFile.NAME + "] says ["
                        + file.getValue() + "]; restore the file, or import or export the artifact again");
            }
        }
    }

    private static TransformerConfig readConfig(ArtifactFolder folder) throws IOException {
        try {
            return HuggingFaceConfig.read(folder.text(CONFIG));
        } catch (IllegalArgumentException e) {
            throw new ArtifactException("the artifact [" + folder.root() + "]: " + e.getMessage(), e);
        }
    }

    private static void requireListed(Manifest manifest, SentenceTransformersLayout layout) throws ArtifactException {
        for (String path : decidingFiles(layout)) {
            if (!manifest.files().containsKey(path)) {
                throw notListed(path);
            }
        }
    }

    static ArtifactException notListed(String path) {
        return new ArtifactException("[" + ManifestFile.NAME + "] has no SHA-256 for the file [" + path
                + "]; import or export the artifact again");
    }

    private static void requireFit(Manifest manifest, TransformerConfig config, SentenceTransformersLayout layout)
            throws ArtifactException {
        int longest = Math.max(manifest.queryTokens(), manifest.passageTokens());
        if (longest > config.maxTokens()) {
            throw new ArtifactException("[" + ManifestFile.NAME + "] allows [" + longest
                    + "] tokens, and the transformer has positions for [" + config.maxTokens()
                    + "]; lower max_tokens and export the artifact again");
        }
        List<String> unknown = new ArrayList<>(manifest.keptFromInt8());
        unknown.removeAll(PackedLayers.products(config));
        if (!unknown.isEmpty()) {
            throw new ArtifactException("[" + ManifestFile.NAME + "] keeps the products " + unknown
                    + " from int8, which the transformer does not have; choose again by [hybrid-ir quality --choose]");
        }
        requireWidth("the pooling's word_embedding_dimension", layout.poolingWidth(), config);
        if (layout.dense().isPresent()) {
            requireWidth("the dense layer's in_features", layout.dense().get().inputs(), config);
        }
        if (!layout.normalized()) {
            throw new ArtifactException(
                    "[modules.json] lists no Normalize module, and this encoder's vectors have length"
                            + " one; import the model again, which adds the module");
        }
    }

    private static void requireWidth(String what, int width, TransformerConfig config) throws ArtifactException {
        if (width != config.hidden()) {
            throw new ArtifactException(what + " is [" + width + "], and hidden_size of [" + CONFIG + "] is ["
                    + config.hidden() + "]; they must be equal");
        }
    }

    private static SafetensorsFile openWeights(ArtifactFolder folder, String path, Map<String, long[]> expected)
            throws IOException {
        SafetensorsFile file = open(folder.file(path));
        try {
            TransformerWeights.check(expected, file);
            return file;
        } catch (IllegalArgumentException e) {
            file.close();
            throw new ArtifactException(
                    "[" + path + "] of the artifact [" + folder.root() + "]: " + e.getMessage()
                            + "; import or export the model again",
                    e);
        }
    }

    private static SafetensorsFile open(Path file) throws IOException {
        try {
            return SafetensorsFile.open(file);
        } catch (WeightsException e) {
            throw new ArtifactException(e.getMessage(), e);
        }
    }

    private static String denseFile(SentenceTransformersLayout layout) {
        return layout.densePath().orElseThrow() + "/" + WEIGHTS;
    }

    /** The files that decide a vector. */
    private static List<String> decidingFiles(SentenceTransformersLayout layout) {
        List<String> files = new ArrayList<>(List.of(
                CONFIG, TOKENIZER, WEIGHTS, SentenceTransformersLayout.MODULES, layout.poolingPath() + "/config.json"));
        layout.densePath().ifPresent(path -> files.addAll(List.of(path + "/config.json", path + "/" + WEIGHTS)));
        return files;
    }

    /** SHA-256 in hex over the deciding files, prefixes, limits and arithmetic. */
    String fingerprint(LayerArithmetic arithmetic) {
        StringBuilder text = new StringBuilder(arithmetic.signature());
        for (TextRole role : TextRole.values()) {
            text.append('\n').append(manifest.maxTokens(role)).append(' ').append(manifest.prefix(role));
        }
        for (String path : decidingFiles(layout)) {
            text.append('\n').append(path).append(' ').append(manifest.files().get(path));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(ArtifactFolder.sha256().digest(bytes));
    }

    /** SHA-256 in hex of its {@code model.safetensors}. */
    public String weightsHash() {
        return manifest.files().get(WEIGHTS);
    }

    /** The text of its {@code tokenizer.json}. */
    public String tokenizerJson() throws IOException {
        return folder.text(TOKENIZER);
    }

    /** The length of its vectors. */
    public int dimension() {
        return layout.dense().map(Dense::outputs).orElse(config.hidden());
    }

    @Override
    public void close() throws IOException {
        weights.close();
        if (denseWeights.isPresent()) {
            denseWeights.get().close();
        }
    }
}
