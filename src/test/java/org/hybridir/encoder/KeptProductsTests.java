package org.hybridir.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hybridir.program.Precision;
import org.hybridir.program.Processor;
import org.hybridir.weights.InMemoryTensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptProductsTests {
    private static final List<String> TEXTS = List.of("water of the river", "где находится библиотека", "图书馆在哪里");
    private static final EncoderOptions INT8 = EncoderOptions.defaults().withPrecision(Precision.INT8);

    @TempDir
    Path temp;

    @Test
    void keepsWhatBringsTheVectorsNearEnoughAndRecordsIt() throws IOException {
        Path folder = TinyArtifacts.bert(temp, "tiny");
        float[] exact = vector(folder, EncoderOptions.defaults());
        String before = fingerprint(folder);
        double all = dot(exact, vector(folder, INT8));
        List<String> tried = new ArrayList<>();
        double wanted = (1 + mean(folder)) / 2;

        List<String> kept =
                KeptProducts.choose(folder, TEXTS, wanted, (products, of) -> tried.add(products + " of " + of));
        assertFalse(kept.isEmpty());
        assertTrue(kept.size() < 8, kept.toString());
        assertEquals(List.of("1 of 8", "2 of 8", "3 of 8", "4 of 8", "5 of 8", "6 of 8", "7 of 8", "8 of 8"), tried);
        ArtifactChange.keepFromInt8(folder, kept);

        try (Encoder encoder = Encoder.open(folder, INT8)) {
            assertEquals(kept, encoder.describe().get("precision_kept"));
            String floats = Processor.current().hasBfloat16() ? "bf16" : "fp32";
            assertEquals(floats, encoder.describe().get("precision_kept_in"));
        }
        assertTrue(mean(folder) >= wanted - 1e-6, mean(folder) + " of " + wanted + ", before " + all);
        assertNotEquals(before, fingerprint(folder));
        ArtifactChange.keepFromInt8(folder, List.of());
        assertEquals(before, fingerprint(folder));
        assertFalse(Files.readString(folder.resolve(ManifestFile.NAME)).contains("int8"));
    }

    @Test
    void nothingIsKeptWhereNothingNeedBe() throws IOException {
        Path folder = TinyArtifacts.xlmRoberta(temp, "tiny");
        assertEquals(List.of(), KeptProducts.choose(folder, TEXTS, .5, (tried, all) -> {}));
    }

    /** Whatever passages are content with: without its golden texts the artifact does not open. */
    @Test
    void goldenTextsAreBroughtNearEnoughToo() throws IOException {
        Path folder = TinyArtifacts.write(withOutlier(TinyArtifacts.bertSpec("outlier")), temp);
        ArtifactException e = assertThrows(ArtifactException.class, () -> Encoder.open(folder, INT8));
        assertTrue(
                e.getMessage()
                        .endsWith(", or 8 bits are too few for this encoder: take bf16 or fp32, or let"
                                + " [hybrid-ir quality --choose 0.99] record which products are kept from 8 bits"),
                e.getMessage());

        List<String> kept = KeptProducts.choose(folder, TEXTS, .01, (tried, all) -> {});
        assertEquals(List.of("encoder.layer.1.intermediate.dense"), kept);
        ArtifactChange.keepFromInt8(folder, kept);
        try (Encoder encoder = Encoder.open(folder, INT8)) {
            assertEquals(kept, encoder.describe().get("precision_kept"));
        }
    }

    /**
     * The weights of one input, which is always zero, are so large that 8 bits have nothing left for the others; and what
     * comes of these others decides the vector.
     */
    private static ArtifactSpec withOutlier(ArtifactSpec spec) throws IOException {
        InMemoryTensors weights = new InMemoryTensors();
        for (String name : spec.weights().names()) {
            weights.put(
                    name,
                    spec.weights().type(name),
                    spec.weights().shape(name),
                    spec.weights().bytes(name));
        }
        int width = TinyArtifacts.DIMENSION;
        String norm = "encoder.layer.1.attention.output.LayerNorm.";
        change(weights, norm + "weight", (at, number) -> at == 0 ? 0 : number);
        change(weights, norm + "bias", (at, number) -> at == 0 ? 0 : number);
        change(weights, "encoder.layer.1.intermediate.dense.weight", (at, number) -> at % width == 0 ? 1e4f : number);
        change(weights, "encoder.layer.1.output.dense.weight", (at, number) -> 1000 * number);
        return ArtifactSpec.of(spec.config(), spec.tokenizerJson(), weights, spec.pooling(), spec.manifest());
    }

    private interface Change {
        float of(int at, float number);
    }

    private static void change(InMemoryTensors weights, String name, Change change) {
        FloatBuffer numbers = weights.bytes(name).asFloatBuffer();
        float[] changed = new float[numbers.remaining()];
        for (int i = 0; i < changed.length; i++) {
            changed[i] = change.of(i, numbers.get(i));
        }
        weights.put(name, weights.shape(name), changed);
    }

    @Test
    void wrongWishesAreRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> KeptProducts.choose(temp, TEXTS, 1.5, (tried, all) -> {}));
        assertEquals(
                "the cosine must be above [0] and at most [1], not [1.5], and passages must be given, not [3]",
                e.getMessage());
    }

    @Test
    void manifestThatKeepsWhatIsNotThereIsRefused() throws IOException {
        Path folder = TinyArtifacts.bert(temp, "tiny");
        ArtifactChange.keepFromInt8(folder, List.of("pooler"));
        ArtifactException e = assertThrows(ArtifactException.class, () -> Encoder.open(folder, INT8));
        assertEquals(
                "[hybrid_ir.json] keeps the products [pooler] from int8, which the transformer does not have; choose"
                        + " again by [hybrid-ir quality --choose]",
                e.getMessage());
    }

    private static double mean(Path folder) throws IOException {
        double sum = 0;
        try (Encoder exact = Encoder.open(folder, EncoderOptions.defaults());
                Encoder narrow = Encoder.open(folder, INT8)) {
            for (String text : TEXTS) {
                sum += dot(
                        exact.encode(List.of(text), TextRole.PASSAGE).get(0).vector(),
                        narrow.encode(List.of(text), TextRole.PASSAGE).get(0).vector());
            }
        }
        return sum / TEXTS.size();
    }

    private static float[] vector(Path folder, EncoderOptions options) throws IOException {
        try (Encoder encoder = Encoder.open(folder, options)) {
            return encoder.encode(TEXTS.subList(0, 1), TextRole.PASSAGE).get(0).vector();
        }
    }

    private static String fingerprint(Path folder) throws IOException {
        try (Encoder encoder = Encoder.open(folder, INT8)) {
            return encoder.fingerprint();
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
