package org.hybridir.encoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hybridir.program.LayerArithmetic;
import org.hybridir.program.PackedLayers;
import org.hybridir.program.Precision;
import org.hybridir.program.Processor;

/**
 * Which products of an artifact are kept from 8 bits in {@code int8}: as few as bring its vectors near enough to those of
 * {@code fp32}, and with them those of the golden texts, without which it could not be opened. Greedy: first that product
 * which, kept alone, brings all of them nearest.
 */
public final class KeptProducts {
    /** Golden texts are verified in batches, whose scales are common, and here alone: half of what may be lost is left. */
    private static final double GOLDEN_COSINE = (1 + Precision.INT8.leastCosine()) / 2;

    private final Artifact artifact;
    /** The passages, then the golden texts. */
    private final List<List<Tokens>> texts = new ArrayList<>();

    private final int passages;
    private final List<float[]> exact;

    /** Is told how far the choice is. */
    public interface Progress {
        /** So many of all the artifact's products were tried. */
        void tried(int products, int all);
    }

    private KeptProducts(Artifact artifact, List<String> passages, List<GoldenVector> golden) throws IOException {
        this.artifact = artifact;
        this.passages = passages.size();
        try (TextTokenizer tokenizer = TextTokenizer.open(artifact)) {
            Manifest manifest = artifact.manifest();
            for (String passage : passages) {
                texts.add(List.of(tokens(tokenizer, manifest, TextRole.PASSAGE, passage)));
            }
            for (GoldenVector one : golden) {
                texts.add(List.of(tokens(tokenizer, manifest, one.role(), one.text())));
            }
        }
        exact = vectors(LayerArithmetic.of(Precision.FP32, Processor.current(), List.of()));
    }

    private static Tokens tokens(TextTokenizer tokenizer, Manifest manifest, TextRole role, String text) {
        return tokenizer.tokenize(manifest.prefix(role) + text, manifest.maxTokens(role));
    }

    /**
     * Chooses by passages, each alone in its batch, on this processor.
     *
     * @param cosine the mean cosine to {@code fp32} to be reached, above 0 and at most 1
     * @param progress of trying each product, which takes most of the time
     * @return names of {@link PackedLayers#products}, the one that helps most first; empty if none need be kept
     */
    public static List<String> choose(Path folder, List<String> passages, double cosine, Progress progress)
            throws IOException {
        if (!(cosine > 0 && cosine <= 1) || passages.isEmpty()) {
            throw new IllegalArgumentException("the cosine must be above [0] and at most [1], not [" + cosine
                    + "], and passages must be given, not [" + passages.size() + "]");
        }
        OfflineMode.enter();
        ArtifactFolder files = new ArtifactFolder(folder);
        try (Artifact artifact = Artifact.open(files)) {
            return new KeptProducts(artifact, passages, GoldenVectors.read(files)).choose(cosine, progress);
        }
    }

    private List<String> choose(double wanted, Progress progress) throws IOException {
        List<String> kept = new ArrayList<>();
        if (suffices(kept, wanted)) {
            return kept;
        }
        Map<String, Double> alone = new HashMap<>();
        List<String> order = new ArrayList<>(PackedLayers.products(artifact.config()));
        for (String product : order) {
            alone.put(product, mean(cosines(List.of(product))));
            progress.tried(alone.size(), order.size());
        }
        order.sort(Comparator.comparing(alone::get).reversed());
        for (String product : order) {
            kept.add(product);
            if (suffices(kept, wanted)) {
                break;
            }
        }
        return kept;
    }

    private boolean suffices(List<String> kept, double wanted) throws IOException {
        List<Double> cosines = cosines(kept);
        return mean(cosines.subList(0, passages)) >= wanted
                && cosines.subList(passages, cosines.size()).stream().allMatch(cosine -> cosine >= GOLDEN_COSINE);
    }

    private static double mean(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** Of each text's vector to that of {@code fp32}. */
    private List<Double> cosines(List<String> kept) throws IOException {
        List<float[]> found = vectors(LayerArithmetic.of(Precision.INT8, Processor.current(), kept));
        List<Double> cosines = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            double cosine = 0;
            for (int j = 0; j < found.get(i).length; j++) {
                cosine += (double) found.get(i)[j] * exact.get(i)[j];
            }
            cosines.add(cosine);
        }
        return cosines;
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
