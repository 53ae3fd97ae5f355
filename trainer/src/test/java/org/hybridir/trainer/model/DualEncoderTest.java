package org.hybridir.trainer.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.ArtifactSpec;
import org.hybridir.encoder.ArtifactWriter;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.Manifest;
import org.hybridir.encoder.TextRole;
import org.hybridir.encoder.TinyArtifacts;
import org.hybridir.encoder.Tokens;
import org.hybridir.program.Precision;
import org.hybridir.trainer.loss.ContrastiveLoss;
import org.hybridir.trainer.loss.Loss;
import org.hybridir.trainer.model.ModelSettings.Memory;
import org.hybridir.weights.Float32;
import org.hybridir.weights.InMemoryTensors;
import org.hybridir.weights.TensorSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DualEncoderTest {
    private static final Loss LOSS = new ContrastiveLoss(.05, false);
    private static final AdamW ADAM = new AdamW(.01, 1);
    private static final List<String> QUERIES = List.of("the river", "where is the library", "sea");
    private static final List<String> PASSAGES =
            List.of("the river flows down to the sea", "the old library is where it was", "the sea is old", "library");

    @TempDir
    private static Path temp;

    private Path bert;
    private Path xlmRoberta;

    @BeforeAll
    void write() throws IOException {
        bert = write("bert", TinyArtifacts.bertSpec("bert"));
        xlmRoberta = write("xlmr", TinyArtifacts.xlmRobertaSpec("xlmr"));
    }

    private static Path write(String name, ArtifactSpec spec) throws IOException {
        Path folder = temp.resolve(name);
        ArtifactWriter.write(spec, folder);
        return folder;
    }

    private static ModelSettings settings(Memory memory, double dropout, int chunkTokens) {
        return new ModelSettings(Precision.FP32, dropout, false, 0, Optional.empty(), memory, chunkTokens, "cpu");
    }

    /** LoRA of rank 2 and scale 4. */
    private static ModelSettings lora(String... targets) {
        Lora lora = new Lora(2, 4, List.of(targets));
        return new ModelSettings(Precision.FP32, 0, false, 0, Optional.of(lora), Memory.ALL, 1000, "cpu");
    }

    private static List<Tokens> tokens(DualEncoder encoder, List<String> texts, TextRole role) {
        return texts.stream().map(text -> encoder.tokenize(text, role)).toList();
    }

    /** One step over the three pairs and a hard negative. */
    private static double step(DualEncoder encoder, long number, double rate) {
        List<Tokens> queries = tokens(encoder, QUERIES, TextRole.QUERY);
        List<Tokens> passages = tokens(encoder, PASSAGES, TextRole.PASSAGE);
        List<Tokens> all = new ArrayList<>(queries);
        all.addAll(passages);
        try (TrainingStep step = encoder.step(all, number)) {
            double loss = step.accumulate(queries, passages, 1);
            ADAM.update(encoder, step, number, rate);
            return loss;
        }
    }

    @ParameterizedTest
    @EnumSource
    void lossFallsWhateverIsKept(Memory memory) throws IOException {
        for (Path base : List.of(bert, xlmRoberta)) {
            try (DualEncoder encoder = DualEncoder.open(base, settings(memory, .1, 24), LOSS, 1, 0)) {
                double first = step(encoder, 1, 1e-2);
                double last = first;
                for (int i = 2; i <= 20; i++) {
                    last = step(encoder, i, 1e-2);
                }
                assertTrue(last < first / 2, first + " to " + last);
            }
        }
    }

    /** Chunks, and what they keep, change nothing but the order of sums. */
    @Test
    void memoryMakesNoDifference() throws IOException {
        Map<String, float[]> whole = gradients(settings(Memory.ALL, 0, 1000));
        assertClose(whole, gradients(settings(Memory.ALL, 0, 12)));
        assertClose(whole, gradients(settings(Memory.VECTORS, 0, 12)));
        assertClose(whole, gradients(settings(Memory.LAYERS, 0, 12)));
    }

    private Map<String, float[]> gradients(ModelSettings settings) throws IOException {
        try (DualEncoder encoder = DualEncoder.open(bert, settings, LOSS, 1, 0)) {
            List<Tokens> queries = tokens(encoder, QUERIES, TextRole.QUERY);
            List<Tokens> passages = tokens(encoder, PASSAGES, TextRole.PASSAGE);
            try (TrainingStep step = encoder.step(
                    Stream.concat(queries.stream(), passages.stream()).toList(), 1)) {
                step.accumulate(queries, passages, 1);
                Map<String, float[]> gradients = new HashMap<>();
                step.gradients().forEach((parameter, array) -> gradients.put(parameter.name(), array.toFloatArray()));
                gradients.put("rows", step.rowGradient().toFloatArray());
                return gradients;
            }
        }
    }

    private static void assertClose(Map<String, float[]> expected, Map<String, float[]> found) {
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, gradient) -> assertArrayEquals(gradient, found.get(name), 1e-5f, name));
    }

    /** What runs again drops the same numbers: with the same chunks, the result is the same to the last bit. */
    @Test
    void droppedNumbersAreTheSameWhenAChunkRunsAgain() throws IOException {
        InMemoryTensors kept = after(settings(Memory.ALL, .2, 12));
        InMemoryTensors again = after(settings(Memory.VECTORS, .2, 12));
        for (String name : kept.names()) {
            assertEquals(kept.bytes(name), again.bytes(name), name);
        }
        assertFarFrom(kept, after(settings(Memory.ALL, 0, 12)));
    }

    private InMemoryTensors after(ModelSettings settings) throws IOException {
        try (DualEncoder encoder = DualEncoder.open(bert, settings, LOSS, 1, 0)) {
            step(encoder, 1, 1e-3);
            step(encoder, 2, 1e-3);
            return encoder.snapshot();
        }
    }

    private static void assertFarFrom(TensorSource expected, TensorSource found) throws IOException {
        double largest = 0;
        for (String name : expected.names()) {
            largest = Math.max(largest, distance(expected, found, name));
        }
        assertTrue(largest > 1e-4, "dropout must show");
    }

    private static double distance(TensorSource a, TensorSource b, String name) throws IOException {
        float[] x = floats(a.bytes(name));
        float[] y = floats(b.bytes(name));
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Math.abs(x[i] - y[i]);
        }
        return sum / x.length;
    }

    static float[] floats(ByteBuffer bytes) {
        float[] floats = new float[bytes.remaining() / Float.BYTES];
        bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }

    /** The first update by hand: AdamW moves each weight by the rate against its gradient's sign, and decays matrices. */
    @Test
    void gradientsAgreeWithFiniteDifferences() throws IOException {
        try (DualEncoder encoder = DualEncoder.open(bert, settings(Memory.ALL, 0, 1000), LOSS, 1, 0)) {
            for (String name : List.of(
                    "embeddings.LayerNorm.weight",
                    "encoder.layer.0.attention.self.key.weight",
                    "encoder.layer.1.output.dense.bias")) {
                assertGradientIsSlope(encoder, name);
            }
        }
    }

    private void assertGradientIsSlope(DualEncoder encoder, String name) throws IOException {
        double slope = slope(encoder, name, 3);
        double gradient = gradient(encoder, name, 3);
        assertEquals(slope, gradient, 2e-2 * Math.max(Math.abs(slope), .02), name);
    }

    @Test
    void gradientsOfLoraAgreeWithFiniteDifferences() throws IOException {
        ModelSettings settings = lora("key", "output");
        try (DualEncoder encoder = DualEncoder.open(bert, settings, LOSS, 1, 0)) {
            for (int i = 1; i <= 3; i++) {
                step(encoder, i, 5e-2);
            }
            for (String matrix : List.of("attention.self.key.weight", "output.dense.weight")) {
                for (String side : List.of(DualEncoder.A, DualEncoder.B)) {
                    assertGradientIsSlope(encoder, "encoder.layer.0." + matrix + side);
                }
            }
        }
    }

    private double gradient(DualEncoder encoder, String name, int place) {
        List<Tokens> queries = tokens(encoder, QUERIES, TextRole.QUERY);
        List<Tokens> passages = tokens(encoder, PASSAGES, TextRole.PASSAGE);
        try (TrainingStep step =
                encoder.step(Stream.concat(queries.stream(), passages.stream()).toList(), 1)) {
            step.accumulate(queries, passages, 1);
            return step.gradients().get(encoder.parameters().get(name)).toFloatArray()[place];
        }
    }

    private double slope(DualEncoder encoder, String name, int place) throws IOException {
        float h = 1e-2f;
        return (lossAt(encoder, name, place, h) - lossAt(encoder, name, place, -h)) / (2 * h);
    }

    private double lossAt(DualEncoder encoder, String name, int place, float change) throws IOException {
        InMemoryTensors before = encoder.snapshot();
        float[] values = floats(before.bytes(name));
        values[place] += change;
        InMemoryTensors changed = new InMemoryTensors();
        for (String other : before.names()) {
            changed.put(other, before.type(other), before.shape(other), before.bytes(other));
        }
        changed.put(name, before.shape(name), values);
        encoder.restoreValues(changed);
        List<Tokens> queries = tokens(encoder, QUERIES, TextRole.QUERY);
        List<Tokens> passages = tokens(encoder, PASSAGES, TextRole.PASSAGE);
        try (TrainingStep step =
                encoder.step(Stream.concat(queries.stream(), passages.stream()).toList(), 1)) {
            return step.accumulate(queries, passages, 1);
        } finally {
            encoder.restoreValues(before);
        }
    }

    @Test
    void bfloat16IsCloseAndLearns() throws IOException {
        ModelSettings half =
                new ModelSettings(Precision.BF16, 0, false, 0, Optional.empty(), Memory.LAYERS, 1000, "cpu");
        try (DualEncoder exact = DualEncoder.open(bert, settings(Memory.ALL, 0, 1000), LOSS, 1, 0);
                DualEncoder rounded = DualEncoder.open(bert, half, LOSS, 1, 0)) {
            assertEquals(step(exact, 1, 1e-2), step(rounded, 1, 1e-2), .1);
            double first = step(rounded, 2, 1e-2);
            for (int i = 3; i < 20; i++) {
                step(rounded, i, 1e-2);
            }
            assertTrue(step(rounded, 20, 1e-2) < first / 2);
        }
    }

    @Test
    void frozenTensorsStay() throws IOException {
        ModelSettings frozen =
                new ModelSettings(Precision.FP32, 0, true, 1, Optional.empty(), Memory.LAYERS, 1000, "cpu");
        try (DualEncoder encoder = DualEncoder.open(bert, frozen, LOSS, 1, 0)) {
            assertTrue(encoder.parameters().keySet().stream().allMatch(name -> name.startsWith("encoder.layer.1.")));
            byte[] before = bytes(encoder, "encoder.layer.0.output.dense.weight");
            byte[] trained = bytes(encoder, "encoder.layer.1.output.dense.weight");
            step(encoder, 1, 1e-2);
            assertArrayEquals(before, bytes(encoder, "encoder.layer.0.output.dense.weight"));
            assertFalse(Arrays.equals(trained, bytes(encoder, "encoder.layer.1.output.dense.weight")));
        }
    }

    private static byte[] bytes(DualEncoder encoder, String name) throws IOException {
        ByteBuffer buffer = encoder.transformer().bytes(name);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void loraTrainsTheAdaptersAlone() throws IOException {
        ModelSettings settings = lora("query", "value");
        try (DualEncoder encoder = DualEncoder.open(bert, settings, LOSS, 1, 0)) {
            // two layers, two matrices of 32 x 32 each, A and B of rank 2
            assertEquals(2 * 2 * 2 * 2 * 32, encoder.trainedNumbers());
            byte[] value = bytes(encoder, "encoder.layer.1.attention.self.value.weight");
            byte[] key = bytes(encoder, "encoder.layer.1.attention.self.key.weight");
            double first = step(encoder, 1, 5e-2);
            double last = first;
            for (int i = 2; i <= 30; i++) {
                last = step(encoder, i, 5e-2);
            }
            assertTrue(last < .8 * first, first + " to " + last);
            assertArrayEquals(key, bytes(encoder, "encoder.layer.1.attention.self.key.weight"));
            assertFalse(Arrays.equals(value, bytes(encoder, "encoder.layer.1.attention.self.value.weight")));
        }
    }

    /** The adapter alone, added to its base later, gives the weights that training ended with, to the last bit. */
    @Test
    void anAdapterMergesIntoItsBaseAndNoOther() throws IOException {
        ModelSettings settings = lora("key", "output");
        Path folder = temp.resolve("adapter");
        Path later = temp.resolve("later");
        Path whole = temp.resolve("whole");
        float[] trained;
        try (DualEncoder encoder = DualEncoder.open(bert, settings, LOSS, 1, 0)) {
            for (int i = 1; i <= 5; i++) {
                step(encoder, i, 5e-2);
            }
            trained = encoder.vectors(List.of(encoder.tokenize(PASSAGES.get(0), TextRole.PASSAGE)))[0];
            Manifest manifest = encoder.manifest().forArtifact("tuned", Map.of("steps", 5));
            encoder.adapter(manifest).orElseThrow().write(folder);
            encoder.adapter(manifest.forArtifact("tuned", Map.of("steps", 6)))
                    .orElseThrow()
                    .write(later);
            ArtifactWriter.write(encoder.spec(manifest), whole);
        }
        Path merged = temp.resolve("merged");
        Adapter.read(folder, adapter -> merge(bert, adapter, merged));
        assertEquals(-1, Files.mismatch(whole.resolve("model.safetensors"), merged.resolve("model.safetensors")));
        assertEquals(true, Adapter.read(folder, adapter -> madeOf(merged, adapter)));
        assertEquals(false, Adapter.read(later, adapter -> madeOf(merged, adapter)));
        EncoderOptions options = EncoderOptions.defaults().withThreads(1).withBatchTokens(1000);
        try (Encoder found = Encoder.open(merged, options);
                Encoder base = Encoder.open(bert, options)) {
            float[] vector = found.encode(PASSAGES, TextRole.PASSAGE).get(0).vector();
            // 16 bits: a relative error of 2^-11 in each number of A and B
            assertArrayEquals(trained, vector, 1e-3f);
            float[] before = base.encode(PASSAGES, TextRole.PASSAGE).get(0).vector();
            assertTrue(Math.abs(trained[0] - before[0]) > 1e-2f, trained[0] + " and " + before[0]);
        }
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> Adapter.read(folder, adapter -> merge(xlmRoberta, adapter, temp.resolve("other"))));
        assertTrue(
                refused.getMessage().startsWith("the adapter was trained on weights of SHA-256 ["),
                refused.getMessage());
        assertTrue(refused.getMessage().endsWith("]; name the base that it was trained on"), refused.getMessage());
        IllegalArgumentException none =
                assertThrows(IllegalArgumentException.class, () -> Adapter.read(bert, adapter -> null));
        assertTrue(none.getMessage().contains("is no adapter: it lacks [adapter.json]"), none.getMessage());
    }

    /** Its first vectors are those that training ended with, and its matrices the adapter's, to the last bit. */
    @Test
    void trainingGoesOnFromAnAdapter() throws IOException {
        ModelSettings settings = lora("key", "output");
        Path folder = temp.resolve("first");
        float[] ended;
        try (DualEncoder encoder = DualEncoder.open(bert, settings, LOSS, 1, 0)) {
            for (int i = 1; i <= 5; i++) {
                step(encoder, i, 5e-2);
            }
            ended = encoder.vectors(List.of(encoder.tokenize(PASSAGES.get(0), TextRole.PASSAGE)))[0];
            encoder.adapter(encoder.manifest().forArtifact("first", Map.of("steps", 5)))
                    .orElseThrow()
                    .write(folder);
        }
        try (DualEncoder encoder = DualEncoder.open(bert, settings, LOSS, 1, 1)) {
            Adapter.read(folder, first -> {
                encoder.begin(first);
                for (String name : first.matrices().names()) {
                    assertEquals(Float32.of(first.matrices(), name), Float32.of(encoder.values(), name), name);
                }
                return null;
            });
            float[] vector = encoder.vectors(List.of(encoder.tokenize(PASSAGES.get(0), TextRole.PASSAGE)))[0];
            assertArrayEquals(ended, vector, 1e-3f);
            assertEquals("first", encoder.began().orElseThrow().name());
        }
        try (DualEncoder other = DualEncoder.open(bert, lora("key"), LOSS, 1, 0)) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> Adapter.read(folder, first -> begin(other, first)));
            assertEquals(
                    "the adapter [first] is [" + settings.lora().orElseThrow() + "], and what is trained is ["
                            + lora("key").lora().orElseThrow()
                            + "]; give --lora-rank, --lora-scale and --lora-targets as it has them",
                    refused.getMessage());
        }
        try (DualEncoder other = DualEncoder.open(xlmRoberta, settings, LOSS, 1, 0)) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> Adapter.read(folder, first -> begin(other, first)));
            assertTrue(refused.getMessage().startsWith("the adapter was trained on weights of SHA-256 ["));
        }
    }

    private static Void begin(DualEncoder encoder, Adapter adapter) throws IOException {
        encoder.begin(adapter);
        return null;
    }

    private static Void merge(Path base, Adapter adapter, Path output) throws IOException {
        try (Artifact opened = Artifact.open(new ArtifactFolder(base))) {
            ArtifactWriter.write(AdapterMerge.spec(opened, adapter, "tuned"), output);
            return null;
        }
    }

    private static boolean madeOf(Path artifact, Adapter adapter) throws IOException {
        try (Artifact opened = Artifact.open(new ArtifactFolder(artifact))) {
            return AdapterMerge.madeOf(opened, adapter);
        }
    }

    @Test
    void resumedTrainingIsTheSameToTheLastBit() throws IOException {
        ModelSettings settings = settings(Memory.ALL, .1, 24);
        try (DualEncoder one = DualEncoder.open(bert, settings, LOSS, 1, 0);
                DualEncoder two = DualEncoder.open(bert, settings, LOSS, 1, 0)) {
            step(one, 1, 1e-3);
            step(one, 2, 1e-3);
            InMemoryTensors values = one.snapshot();
            InMemoryTensors moments = new InMemoryTensors();
            TensorSource now = one.moments();
            for (String name : now.names()) {
                moments.put(name, now.type(name), now.shape(name), now.bytes(name));
            }
            double expected = step(one, 3, 1e-3);
            two.restoreValues(values);
            two.restoreMoments(moments);
            assertEquals(expected, step(two, 3, 1e-3));
            InMemoryTensors a = one.snapshot();
            InMemoryTensors b = two.snapshot();
            for (String name : a.names()) {
                assertEquals(a.bytes(name), b.bytes(name), name);
            }
        }
    }

    /** No test machine of ours has a hundred GPUs. */
    @Test
    void aDeviceThatIsNotThereIsRefused() {
        assertDevice("gpu99", "the device [gpu99] was asked for, and PyTorch sees [");
        assertDevice("tpu", "unknown device [tpu], known ones [cpu, gpu, gpu0, gpu1, ...]");
    }

    private void assertDevice(String device, String message) {
        ModelSettings settings =
                new ModelSettings(Precision.FP32, 0, true, 0, Optional.empty(), Memory.ALL, 1000, device);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> DualEncoder.open(bert, settings, LOSS, 1, 0));
        assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
    }

    @Test
    void moreFrozenLayersThanThereAreAreRefused() {
        ModelSettings settings =
                new ModelSettings(Precision.FP32, 0, true, 3, Optional.empty(), Memory.ALL, 1000, "cpu");
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> DualEncoder.open(bert, settings, LOSS, 1, 0));
        assertEquals("frozen layers are [3], and the base has only [2]", refused.getMessage());
    }
}
