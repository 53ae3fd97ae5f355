package org.hybridir.trainer.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
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

/** An artifact's tokenizer, and its net as files for ONNX Runtime, which are there until this is closed. */
final class OnnxModel implements Closeable {
    /** Token budgets of a batch that are tried. */
    private static final List<Integer> BUDGETS = List.of(256, 512, 1024, 2048);

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

    OnnxPeer peer(Numbers numbers, Layout layout, int budget) throws IOException {
        OnnxNet net = OnnxNet.open(file(numbers), layout.threadsPerPass());
        return new OnnxPeer(this, "onnx " + numbers.name().toLowerCase(Locale.ROOT), layout, budget, net);
    }

    private Path file(Numbers numbers) throws IOException {
        if (!files.containsKey(numbers)) {
            Path own = Files.createDirectory(folder.path().resolve(numbers.name()));
            files.put(numbers, FusedGraph.write(artifact, numbers, own));
        }
        return files.get(numbers);
    }

    /** The peer in the setting that encodes these texts fastest, of all layouts of threads and budgets. */
    OnnxPeer fastest(Numbers numbers, int threads, List<String> texts, TextRole role) throws IOException {
        OnnxPeer best = null;
        double least = Double.POSITIVE_INFINITY;
        for (Layout layout : Layout.of(threads)) {
            for (int budget : BUDGETS) {
                OnnxPeer peer = peer(numbers, layout, budget);
                double seconds = seconds(peer, texts, role);
                OnnxPeer slower = seconds < least ? best : peer;
                if (slower != null) {
                    slower.close();
                }
                best = seconds < least ? peer : best;
                least = Math.min(least, seconds);
            }
        }
        return best;
    }

    /** Of the second run. */
    private static double seconds(Contestant contestant, List<String> texts, TextRole role) throws IOException {
        contestant.encode(texts, role);
        long start = System.nanoTime();
        contestant.encode(texts, role);
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() throws IOException {
        tokenizer.close();
        artifact.close();
        folder.close();
    }
}
