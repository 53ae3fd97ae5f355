package org.hybridir.trainer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.hybridir.encoder.Manifest;
import org.hybridir.weights.DType;
import org.hybridir.weights.Float16;
import org.hybridir.weights.Float32;
import org.hybridir.weights.InMemoryTensors;
import org.hybridir.weights.TensorSource;
import org.hybridir.weights.WeightsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterTest {
    private static final String QUERY = "encoder.layer.0.attention.self.query.weight";
    private static final String KEY = "encoder.layer.0.attention.self.key.weight";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Manifest MANIFEST =
            new Manifest("tuned", "query: ", "", 32, 128, Map.of(), Map.of("alpha", .5, "data", List.of("ntrex")));

    @TempDir
    private Path temp;

    private static Adapter adapter(Lora lora, TensorSource matrices) {
        return new Adapter(lora, "abc", MANIFEST, matrices);
    }

    /** Rank 1 and scale 3: (1 2; 3 4) + 3 (1 2)^T (0.5 -1). */
    @Test
    void addsTheProductByHand() throws IOException {
        InMemoryTensors matrices = new InMemoryTensors()
                .put(QUERY + ".lora_A", new long[] {1, 2}, .5f, -1)
                .put(QUERY + ".lora_B", new long[] {2, 1}, 1, 2);
        InMemoryTensors base =
                new InMemoryTensors().put(QUERY, new long[] {2, 2}, 1, 2, 3, 4).put(KEY, new long[] {1, 1}, 7);
        TensorSource merged =
                adapter(new Lora(1, 3, List.of("query")), matrices).mergedInto(base);
        assertEquals(base.names(), merged.names());
        ByteBuffer query = Float32.of(merged, QUERY);
        assertEquals(2.5f, query.getFloat(0));
        assertEquals(-1f, query.getFloat(4));
        assertEquals(6f, query.getFloat(8));
        assertEquals(-2f, query.getFloat(12));
        assertEquals(7f, Float32.of(merged, KEY).getFloat(0));
    }

    /** Number by number, each a sum of its own: the same to the last bit, since products of 16-bit floats are exact. */
    @Test
    void addsWhatTheDefinitionAdds() throws IOException {
        int outputs = 37;
        int inputs = 53;
        int rank = 5;
        Random random = new Random(7);
        TensorSource base = random(new InMemoryTensors(), QUERY, outputs, inputs, random);
        InMemoryTensors wide = random(new InMemoryTensors(), QUERY + ".lora_A", rank, inputs, random);
        TensorSource matrices = new Float16(random(wide, QUERY + ".lora_B", outputs, rank, random));
        Lora lora = new Lora(rank, 8, List.of("query"));
        ByteBuffer merged = Float32.of(adapter(lora, matrices).mergedInto(base), QUERY);
        ByteBuffer w = Float32.of(base, QUERY);
        ByteBuffer a = Float32.of(matrices, QUERY + ".lora_A");
        ByteBuffer b = Float32.of(matrices, QUERY + ".lora_B");
        for (int out = 0; out < outputs; out++) {
            for (int in = 0; in < inputs; in++) {
                double sum = 0;
                for (int r = 0; r < rank; r++) {
                    sum += (double) b.getFloat(4 * (out * rank + r)) * a.getFloat(4 * (r * inputs + in));
                }
                int at = 4 * (out * inputs + in);
                assertEquals((float) (w.getFloat(at) + 8. / 5 * sum), merged.getFloat(at));
            }
        }
    }

    private static InMemoryTensors random(InMemoryTensors to, String name, int rows, int columns, Random random) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return to.put(name, new long[] {rows, columns}, values);
    }

    @Test
    void matricesThatTheSettingsDoNotAskForAreRefused() {
        TensorSource base =
                new InMemoryTensors().put(QUERY, new long[] {1, 2}, 1, 2).put(KEY, new long[] {1, 2}, 1, 2);
        InMemoryTensors matrices = new InMemoryTensors().put(QUERY + ".lora_A", new long[] {1, 2}, 1, 2);
        Lora lora = new Lora(1, 1, List.of("query"));
        assertUnfit(
                adapter(lora, matrices),
                base,
                "[adapter.safetensors] does not hold what [adapter.json] says: the tensor [" + QUERY
                        + ".lora_B] of shape [1, 1] is missing; take both files from one training");
        matrices.put(QUERY + ".lora_B", new long[] {1, 2}, 1, 2);
        assertUnfit(adapter(lora, matrices), base, "the tensor [" + QUERY + ".lora_B] has the shape [1, 2]");
        matrices.put(QUERY + ".lora_B", new long[] {1, 1}, 1);
        matrices.put(KEY + ".lora_A", new long[] {1, 2}, 1, 2);
        assertUnfit(
                adapter(lora, matrices),
                base,
                "[adapter.safetensors] holds [" + KEY
                        + ".lora_A], which no target of [adapter.json] asks for: targets are"
                        + " [query]; take both files from one training");
    }

    private static void assertUnfit(Adapter adapter, TensorSource base, String message) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> adapter.mergedInto(base));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    private Path written() throws IOException {
        InMemoryTensors matrices = new InMemoryTensors().put(QUERY + ".lora_A", new long[] {1, 2}, .1f, 2);
        Path folder = temp.resolve("adapter");
        adapter(new Lora(4, 8, List.of("query", "output")), new Float16(matrices))
                .write(folder);
        return folder;
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Adapter.read(written(), read -> {
            assertEquals(new Lora(4, 8, List.of("query", "output")), read.lora());
            assertEquals("abc", read.base());
            assertEquals(MANIFEST, read.manifest());
            assertEquals(DType.F16, read.matrices().type(QUERY + ".lora_A"));
            return null;
        });
    }

    @Test
    void settingsThatAreMissingOrWrongAreNamed() throws IOException {
        Path folder = written();
        assertUnread(folder, settings -> settings.remove("rank"), "[rank] must be a whole number, not [missing]");
        assertUnread(folder, settings -> settings.put("scale", "much"), "[scale] must be a number, not [\"much\"]");
        assertUnread(folder, settings -> settings.put("rank", 0), "the rank of LoRA is [0]; it must be at least [1]");
        assertUnread(folder, settings -> settings.putArray("targets").add("head"), "unknown LoRA target [head]");
        assertUnread(folder, settings -> settings.remove("base_sha256"), "[base_sha256] must be a string");
        assertUnread(folder, settings -> settings.remove("name"), "[name] must be a string, not [missing]");
        assertUnread(folder, settings -> settings.remove("provenance"), "[provenance] must be an object or a list");
        assertUnread(
                folder,
                settings -> settings.withObject("/query").put("max_tokens", 1),
                "queries and passages must be allowed at least 3 tokens, not [1] and [128]");
        Files.writeString(folder.resolve("adapter.json"), "{");
        assertUnread(folder, "[adapter.json] is not JSON");
    }

    private static void assertUnread(Path folder, Consumer<ObjectNode> change, String message) throws IOException {
        Path file = folder.resolve("adapter.json");
        String before = Files.readString(file);
        ObjectNode settings = (ObjectNode) JSON.readTree(before);
        change.accept(settings);
        Files.writeString(file, settings.toString());
        assertUnread(folder, message);
        Files.writeString(file, before);
    }

    private static void assertUnread(Path folder, String message) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Adapter.read(folder, read -> null));
        String all = refused.getMessage();
        assertTrue(all.startsWith("the adapter [" + folder + "] cannot be read: "), all);
        assertTrue(all.contains(message), all);
        assertTrue(all.endsWith("; restore its files, or train it again"), all);
    }

    @Test
    void numbersTooLargeFor16BitsLeaveNothingBehind() throws IOException {
        InMemoryTensors matrices = new InMemoryTensors().put(QUERY + ".lora_A", new long[] {1, 1}, 1e5f);
        Adapter adapter = adapter(new Lora(1, 1, List.of("query")), new Float16(matrices));
        WeightsException refused = assertThrows(WeightsException.class, () -> adapter.write(temp.resolve("adapter")));
        assertEquals(
                "the adapter: the tensor [" + QUERY + ".lora_A] holds the number [100000.0]; 16-bit floats are from"
                        + " [-65504.0] to [65504.0]; its training diverged: train with a lower learning rate",
                refused.getMessage());
        try (var left = Files.list(temp)) {
            assertFalse(left.findAny().isPresent());
        }
    }
}
