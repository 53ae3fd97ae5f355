package org.hybridir.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.ArtifactSpec;
import org.hybridir.encoder.ArtifactWriter;
import org.hybridir.encoder.Dense;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.TextRole;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.evaluate.ParallelVectors;
import org.hybridir.trainer.model.LanguageDirections;
import org.hybridir.trainer.run.ToyWorld;
import org.hybridir.weights.InMemoryTensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DebiasCommandTest {
    @TempDir
    private Path temp;

    private Path base;
    private Path adapter;
    private Path data;

    @BeforeEach
    void train() throws IOException {
        base = ToyWorld.encoder(temp, "base", 0);
        data = ToyWorld.write(ToyWorld.pairs(30, 3), temp.resolve("pairs.jsonl"));
        Path trained = temp.resolve("trained");
        CommandRun run = CommandRun.of(
                "train",
                "--base=" + base,
                "--data=jsonl:" + data,
                "--precision=fp32",
                "--steps=2",
                "--batch-size=4",
                "--validation-pairs=0",
                "--threads=1",
                "--lora-rank=2",
                "--output=" + trained);
        assertEquals(0, run.exitCode(), run.err());
        adapter = trained.resolve("adapter");
    }

    private CommandRun debias(String... more) {
        List<String> arguments = new ArrayList<>(List.of("debias", "--data=jsonl:" + data));
        arguments.add("--output=" + temp.resolve("debiased"));
        arguments.addAll(Arrays.asList(more));
        if (Arrays.stream(more).noneMatch(each -> each.startsWith("--adapter"))) {
            arguments.add("--adapter=" + adapter);
        }
        if (Arrays.stream(more).noneMatch(each -> each.startsWith("--base"))) {
            arguments.add("--base=" + base);
        }
        return CommandRun.of(arguments.toArray(new String[0]));
    }

    private Path merged(Path from, String name) {
        Path output = temp.resolve(name);
        CommandRun run = CommandRun.of("merge", "--base=" + base, "--adapter=" + from, "--output=" + output);
        assertEquals(0, run.exitCode(), run.err());
        return output;
    }

    private static ParallelVectors vectors(Path encoder, List<Pair> pairs) throws IOException {
        try (Encoder opened = Encoder.open(encoder, EncoderOptions.defaults())) {
            return ParallelVectors.encode(pairs, opened::encode, done -> {});
        }
    }

    /** The encoder's vectors have nothing along the directions, and are otherwise what they were. */
    @Test
    void theMergedEncoderGoesWithoutTheDirections() throws IOException {
        CommandRun run = debias("--lines=20");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("Took out 2 directions in which 3 languages differ: "), run.out());
        assertTrue(run.out().contains("[hybrid-ir merge --adapter " + temp.resolve("debiased") + "]"), run.out());
        List<Pair> pairs = ParallelVectors.firstGroups(ToyWorld.pairs(30, 3), 20);
        Path before = merged(adapter, "before");
        Path after = merged(temp.resolve("debiased"), "after");
        LanguageDirections directions =
                LanguageDirections.of(vectors(before, pairs).meanDifferences(), 2);
        String text = ToyWorld.pairs(31, 4).get(30 * 9).passage();
        float[] was = encode(before, text);
        float[] is = encode(after, text);
        assertTrue(directions.share(List.of(was)) > 1e-3, "there was something to take out");
        assertTrue(directions.share(List.of(is)) < 1e-6, "along the directions: " + directions.share(List.of(is)));
        assertArrayEquals(withoutBySubtraction(directions, was), is, 2e-3f);
        try (Encoder encoder = Encoder.open(after, EncoderOptions.defaults())) {
            Map<String, Object> made = encoder.manifest().provenance();
            assertEquals(2, made.get("steps"), "what it was made of stays");
            assertEquals(
                    Map.of("directions", 2, "languages", List.of("de", "el", "en"), "texts", Map.of("pairs", 120)),
                    made.get("language_directions"));
        }
    }

    private static float[] encode(Path encoder, String text) throws IOException {
        try (Encoder opened = Encoder.open(encoder, EncoderOptions.defaults())) {
            return opened.encode(List.of(text), TextRole.PASSAGE).get(0).vector();
        }
    }

    /** One direction after the other; then length one. */
    private static float[] withoutBySubtraction(LanguageDirections directions, float[] vector) {
        double[] left = new double[vector.length];
        for (int i = 0; i < left.length; i++) {
            left[i] = vector[i];
        }
        for (float[] row : directions.rows()) {
            double along = 0;
            for (int i = 0; i < left.length; i++) {
                along += left[i] * row[i];
            }
            for (int i = 0; i < left.length; i++) {
                left[i] -= along * row[i];
            }
        }
        double length = Math.sqrt(Arrays.stream(left).map(x -> x * x).sum());
        float[] unit = new float[left.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (left[i] / length);
        }
        return unit;
    }

    @Test
    void fewerDirections() {
        CommandRun run = debias("--directions=1");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("Took out 1 direction in which 3 languages differ: "), run.out());
    }

    @Test
    void badInputIsRefusedAndNothingIsWritten() throws IOException {
        assertRefused(
                debias("--directions=3"),
                "--directions: must be from [1] to [2], one less than the 3 languages [de, el, en] of --data, but is [3]");
        assertRefused(
                debias("--data=jsonl:" + data),
                "--data: two data sets are named [pairs]; give one of them another name");
        assertRefused(debias("--lines=0"), "--lines: must be at least 1, but is [0]");
        Path alone = ToyWorld.write(
                ToyWorld.pairs(5, 3).stream().filter(Pair::monolingual).toList(), temp.resolve("alone.jsonl"));
        data = alone;
        assertRefused(debias(), "has no pair of two languages; give parallel text, such as [lines:ntrex]");
    }

    /** A base with the same weights, and with the one layer after pooling that an artifact can have. */
    @Test
    void aBaseWithADenseLayerIsRefused() throws IOException {
        Path dense = temp.resolve("dense");
        try (Artifact plain = Artifact.open(new ArtifactFolder(base))) {
            InMemoryTensors weights = new InMemoryTensors()
                    .put(Dense.WEIGHT, new long[] {2, 32}, new float[64])
                    .put(Dense.BIAS, new long[] {2}, 1, 0);
            ArtifactWriter.write(
                    new ArtifactSpec(
                            plain.config(),
                            plain.tokenizerJson(),
                            plain.weights(),
                            plain.layout().pooling(),
                            Optional.of(new Dense(32, 2, true)),
                            Optional.of(weights),
                            plain.manifest()),
                    dense);
        }
        String message = "[base] has a dense layer after pooling, where directions that tell the language would be left"
                + " out; a base without one can go without them, such as [mbert]";
        assertRefused(debias("--base=" + dense), "--base: " + message);
        CommandRun debiased = debias();
        assertEquals(0, debiased.exitCode(), debiased.err());
        CommandRun merge = CommandRun.of(
                "merge",
                "--base=" + dense,
                "--adapter=" + temp.resolve("debiased"),
                "--output=" + temp.resolve("merged"));
        assertTrue(merge.err().contains(message), merge.err());
        assertFalse(Files.exists(temp.resolve("merged")));
    }

    @Test
    void takingOutTwiceIsRefused() throws IOException {
        CommandRun first = debias();
        assertEquals(0, first.exitCode(), first.err());
        Path once = temp.resolve("once");
        Files.move(temp.resolve("debiased"), once);
        assertRefused(
                debias("--adapter=" + once),
                "--adapter: the directions that tell the language are already taken out of [trained]; give the adapter"
                        + " that it was made of");
    }

    private void assertRefused(CommandRun run, String message) throws IOException {
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains(message), run.err());
        assertFalse(Files.exists(temp.resolve("debiased")));
        try (Stream<Path> left = Files.list(temp)) {
            assertTrue(left.noneMatch(path -> path.getFileName().toString().startsWith(".debias")));
        }
    }
}
