package org.hybridir.trainer.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.TextRole;
import org.hybridir.encoder.TextTokenizer;
import org.hybridir.encoder.Tokens;
import org.hybridir.trainer.export.FusedGraph;
import org.hybridir.trainer.export.FusedGraph.Numbers;
import org.hybridir.trainer.export.OnnxNet;
import org.hybridir.trainer.run.TemporaryFolder;

/** An artifact's tokenizer, and its net as files for ONNX Runtime, which are there until this is closed. */
final class OnnxModel implements Closeable {
    private final Artifact artifact;
    private final TextTokenizer tokenizer;
    private final TemporaryFolder folder;
    private final Map<Numbers, Path> files = new EnumMap<>(Numbers.class);

    private OnnxModel(Artifact artifact, TextTokenizer tokenizer, TemporaryFolder folder) {
        this.artifact = artifact;
        this.tokenizer = tokenizer;
        this.folder = folder;
    }

    static OnnxModel open(Path encoder) throws IOException {
        Artifact artifact = Artifact.open(new ArtifactFolder(encoder));
        try {
            return new OnnxModel(artifact, TextTokenizer.open(artifact), TemporaryFolder.create("hybrid-ir-onnx-"));
        } catch (IOException | RuntimeException e) {
            artifact.close();
            throw e;
        }
    }

    Tokens tokenize(String text, TextRole role) {
        return tokenizer.tokenize(
                artifact.manifest().prefix(role) + text, artifact.manifest().maxTokens(role));
    }

    int padId() {
        return artifact.config().padId();
    }

    /** The caller closes it, before this. */
    OnnxPeer peer(Numbers numbers, Layout layout) throws IOException {
        OnnxNet net = OnnxNet.open(file(numbers), layout.threadsPerPass());
        return new OnnxPeer(this, "onnx " + numbers.name().toLowerCase(Locale.ROOT), layout, net);
    }

    private Path file(Numbers numbers) throws IOException {
        if (!files.containsKey(numbers)) {
            Path own = Files.createDirectory(folder.path().resolve(numbers.name()));
            files.put(numbers, FusedGraph.write(artifact, numbers, own));
        }
        return files.get(numbers);
    }

    @Override
    public void close() throws IOException {
        tokenizer.close();
        artifact.close();
        folder.close();
    }
}
