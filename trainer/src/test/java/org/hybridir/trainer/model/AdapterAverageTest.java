package org.hybridir.trainer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hybridir.encoder.Manifest;
import org.hybridir.weights.Float32;
import org.hybridir.weights.InMemoryTensors;
import org.hybridir.weights.TensorSource;
import org.junit.jupiter.api.Test;

class AdapterAverageTest {
    private static final String QUERY = "encoder.layer.0.attention.self.query.weight";
    private static final List<String> TARGETS = List.of("query");

    private static Manifest manifest(String name, String prefix) {
        return new Manifest(name, prefix, "", 32, 128, Map.of(), Map.of("seed", name))
                .keepingFromInt8(List.of("encoder.layer.0.output.dense"));
    }

    private static Adapter adapter(String name, double scale, int rank, TensorSource matrices) {
        return new Adapter(new Lora(rank, scale, TARGETS), "abc", manifest(name, "query: "), matrices);
    }

    private static InMemoryTensors matrices(int rank, int inputs, int outputs, float[] a, float[] b) {
        return new InMemoryTensors()
                .put(QUERY + ".lora_A", new long[] {rank, inputs}, a)
                .put(QUERY + ".lora_B", new long[] {outputs, rank}, b);
    }

    /** The first adds 3 (scale) times e1 2 e1^T, the second 1 times e2 4 e2^T: their mean is (3 0; 0 2). */
    private static List<Adapter> diagonal() {
        return List.of(
                adapter("one", 3, 1, matrices(1, 2, 2, new float[] {2, 0}, new float[] {1, 0})),
                adapter("two", 1, 1, matrices(1, 2, 2, new float[] {0, 4}, new float[] {0, 1})));
    }

    @Test
    void averagesByHand() throws IOException {
        AdapterAverage average = AdapterAverage.of(diagonal(), "mean", Optional.empty());
        assertEquals(2, average.adapter().lora().rank());
        assertEquals(1, average.kept(), 1e-6);
        assertAdds(new double[] {3, 0, 0, 2}, average.adapter(), 2, 2, 2e-3);
    }

    /** Of the singular values 3 and 2 the larger stays: 9 of 13. */
    @Test
    void aSmallerRankKeepsTheLargestSingularValues() throws IOException {
        AdapterAverage average = AdapterAverage.of(diagonal(), "mean", Optional.of(1));
        assertEquals(1, average.adapter().lora().rank());
        assertEquals(9 / 13., average.kept(), 1e-6);
        assertAdds(new double[] {3, 0, 0, 0}, average.adapter(), 2, 2, 2e-3);
    }

    /** Ranks and scales differ; what is added is the mean of what each adds, summed number by number. */
    @Test
    void addsTheMeanOfWhatEachAdds() throws IOException {
        int inputs = 11;
        int outputs = 7;
        Random random = new Random(5);
        Adapter first =
                adapter("one", 4, 2, matrices(2, inputs, outputs, random(2 * inputs, random), random(14, random)));
        Adapter second =
                adapter("two", 3, 3, matrices(3, inputs, outputs, random(3 * inputs, random), random(21, random)));
        Adapter third =
                adapter("three", 1, 4, matrices(4, inputs, outputs, random(4 * inputs, random), random(28, random)));
        double[] expected = new double[outputs * inputs];
        for (Adapter each : List.of(first, second, third)) {
            double[] adds = adds(each, inputs, outputs);
            for (int i = 0; i < expected.length; i++) {
                expected[i] += adds[i] / 3;
            }
        }
        // the ranks' sum is more than a matrix of 7 rows can have
        AdapterAverage whole = AdapterAverage.of(List.of(first, second, third), "mean", Optional.empty());
        assertAdds(expected, whole.adapter(), inputs, outputs, 1e-2);
        AdapterAverage smaller = AdapterAverage.of(List.of(first, second, third), "mean", Optional.of(5));
        double[] found = adds(smaller.adapter(), inputs, outputs);
        double lost = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            lost += (expected[i] - found[i]) * (expected[i] - found[i]);
            norm += expected[i] * expected[i];
        }
        assertEquals(1 - lost / norm, smaller.kept(), 1e-3);
        assertTrue(smaller.kept() < .999, "kept " + smaller.kept());
    }

    @Test
    void tellsWhatItIsOf() throws IOException {
        Adapter average =
                AdapterAverage.of(diagonal(), "mean", Optional.empty()).adapter();
        assertEquals("abc", average.base());
        assertEquals(TARGETS, average.lora().targets());
        assertEquals(
                new Manifest(
                        "mean",
                        "query: ",
                        "",
                        32,
                        128,
                        Map.of(),
                        Map.of("average_of", List.of(Map.of("seed", "one"), Map.of("seed", "two")))),
                average.manifest());
    }

    /** As what int8 keeps: directions of one encoder are not those of another. */
    @Test
    void languageDirectionsAreToBeTakenOutAnew() throws IOException {
        List<Adapter> debiased = new ArrayList<>();
        for (Adapter each : diagonal()) {
            debiased.add(each.without(new LanguageDirections(new float[][] {{0, 1}}), Map.of("directions", 1)));
        }
        assertTrue(debiased.get(0).hasLanguageDirections());
        Adapter average = AdapterAverage.of(debiased, "mean", Optional.empty()).adapter();
        assertFalse(average.hasLanguageDirections());
        assertAdds(new double[] {3, 0, 0, 2}, average, 2, 2, 2e-3);
    }

    @Test
    void whatAddsNothingHasAnAverage() throws IOException {
        Adapter none = adapter("one", 1, 1, matrices(1, 2, 2, new float[2], new float[2]));
        AdapterAverage average = AdapterAverage.of(List.of(none, none), "mean", Optional.of(1));
        assertEquals(1, average.kept());
        assertAdds(new double[4], average.adapter(), 2, 2, 0);
    }

    @Test
    void whatCannotBeAveragedIsRefused() {
        Adapter one = diagonal().get(0);
        Adapter two = diagonal().get(1);
        assertRefused("an average is of at least 2 adapters, not of [1]", List.of(one), Optional.empty());
        assertRefused(
                "the rank of the average is [3]; it may be from [1] to [2], the sum of theirs",
                List.of(one, two),
                Optional.of(3));
        assertRefused(
                "the rank of the average is [0]; it may be from [1] to [2], the sum of theirs",
                List.of(one, two),
                Optional.of(0));
        assertRefused(
                "adapters of which an average is taken must have the same base, by its SHA-256, but [one] has [abc] and"
                        + " another has [def]; take those that were trained alike",
                List.of(one, new Adapter(two.lora(), "def", two.manifest(), two.matrices())),
                Optional.empty());
        assertRefused(
                "must have the same targets, but [one] has [[query]] and another has [[key]]",
                List.of(one, new Adapter(new Lora(1, 1, List.of("key")), "abc", two.manifest(), two.matrices())),
                Optional.empty());
        assertRefused(
                "must have the same query prefix, but [one] has [query: ] and another has []",
                List.of(one, new Adapter(two.lora(), "abc", manifest("two", ""), two.matrices())),
                Optional.empty());
    }

    private static void assertRefused(String message, List<Adapter> adapters, Optional<Integer> rank) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> AdapterAverage.of(adapters, "mean", rank));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    private static void assertAdds(double[] expected, Adapter adapter, int inputs, int outputs, double difference)
            throws IOException {
        double[] found = adds(adapter, inputs, outputs);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found[i], difference, "number " + i);
        }
    }

    /** (scale / rank) B A, by its definition. */
    private static double[] adds(Adapter adapter, int inputs, int outputs) throws IOException {
        FloatBuffer a = Float32.of(adapter.matrices(), QUERY + ".lora_A").asFloatBuffer();
        FloatBuffer b = Float32.of(adapter.matrices(), QUERY + ".lora_B").asFloatBuffer();
        int rank = adapter.lora().rank();
        double[] sums = new double[outputs * inputs];
        for (int out = 0; out < outputs; out++) {
            for (int in = 0; in < inputs; in++) {
                for (int r = 0; r < rank; r++) {
                    sums[out * inputs + in] += adapter.lora().factor() * b.get(out * rank + r) * a.get(r * inputs + in);
                }
            }
        }
        return sums;
    }

    private static float[] random(int count, Random random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
