package org.hybridir.encoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.hybridir.program.LayerArithmetic;
import org.hybridir.program.PackedLayers;
import org.hybridir.program.Precision;
import org.hybridir.program.Processor;

/**
 * Which products of an artifact stay in 32 bits in {@code int8}: as few as bring its vectors near enough to those of
 * {@code fp32}. Greedy: first that product which, kept alone, brings them nearest.
 */
public final class KeptProducts {
    private final Artifact artifact;
    private final List<List<Tokens>> texts = new ArrayList<>();
    private final List<float[]> exact;

    private KeptProducts(Artifact artifact, List<String> passages) throws IOException {
        this.artifact = artifact;
        try (TextTokenizer tokenizer = TextTokenizer.open(artifact)) {
            Manifest manifest = artifact.manifest();
            for (String passage : passages) {
                texts.add(List.of(tokenizer.tokenize(manifest.passagePrefix() + passage, manifest.passageTokens())));
            }
        }
        exact = vectors(new LayerArithmetic(Precision.FP32, false, List.of()));
    }

    /**
     * Chooses by passages, each alone in its batch, on this processor.
     *
     * @param cosine the mean cosine to {@code fp32} to be reached, above 0 and at most 1
     * @param tried is told how many of the products were tried
     * @return names of {@link PackedLayers#products}, the one that helps most first; empty if none need be kept
     */
    public static List<String> choose(Path folder, List<String> passages, double cosine, IntConsumer tried)
            throws IOException {
        if (!(cosine > 0 && cosine <= 1) || passages.isEmpty()) {
            throw new IllegalArgumentException("the cosine must be above [0] and at most [1], not [" + cosine
                    + "], and passages must be given, not [" + passages.size() + "]");
        }
        OfflineMode.enter();
        try (Artifact artifact = Artifact.open(new ArtifactFolder(folder))) {
            return new KeptProducts(artifact, passages).choose(cosine, tried);
        }
    }

    private List<String> choose(double wanted, IntConsumer tried) throws IOException {
        List<String> kept = new ArrayList<>();
        if (cosine(kept) >= wanted) {
            return kept;
        }
        Map<String, Double> alone = new HashMap<>();
        List<String> order = new ArrayList<>(PackedLayers.products(artifact.config()));
        for (String product : order) {
            alone.put(product, cosine(List.of(product)));
            tried.accept(alone.size());
        }
        order.sort(Comparator.comparing(alone::get).reversed());
        for (String product : order) {
            kept.add(product);
            if (cosine(kept) >= wanted) {
                break;
            }
        }
        return kept;
    }

    /** The mean over the texts. */
    private double cosine(List<String> kept) throws IOException {
        List<float[]> found = vectors(LayerArithmetic.of(Precision.INT8, Processor.current(), kept));
        double sum = 0;
        for (int i = 0; i < found.size(); i++) {
            for (int j = 0; j < found.get(i).length; j++) {
                sum += (double) found.get(i)[j] * exact.get(i)[j];
            }
        }
        return sum / found.size();
    }

    private List<float[]> vectors(LayerArithmetic arithmetic) throws IOException {
        List<float[]> vectors = new ArrayList<>();
        try (ForwardPass pass = ForwardPass.open(artifact, arithmetic)) {
            for (List<Tokens> text : texts) {
                vectors.add(pass.embed(text, 1)[0]);
            }
        }
        return vectors;
    }
}
