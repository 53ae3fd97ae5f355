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
import org.hybridir.collection.CollectionSource;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.Manifest;
import org.hybridir.encoder.TextRole;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.run.ToyWorld;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainCommandTest {
    @TempDir
    private Path temp;

    private Path base;
    private Path data;

    @BeforeEach
    void write() throws IOException {
        base = ToyWorld.encoder(temp, "base", 0);
        data = ToyWorld.write(ToyWorld.pairs(40, 3), temp.resolve("pairs.jsonl"));
    }

    private CommandRun train(String... more) {
        return train(data, more);
    }

    private CommandRun train(Path pairs, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("train", "--base=" + base, "--data=jsonl:" + pairs, "--precision=fp32"));
        arguments.addAll(List.of("--steps=6", "--batch-size=4", "--validation-pairs=10", "--threads=1"));
        arguments.addAll(Arrays.asList(more));
        return CommandRun.of(arguments.toArray(new String[0]));
    }

    private String output(String name) {
        return "--output=" + temp.resolve(name);
    }

    @Test
    void writesAnArtifactThatTellsHowItWasMade() throws IOException {
        CommandRun run = train(output("out"), "--strategy=multi-task", "--query-prefix=en1 ");
        assertEquals(0, run.exitCode(), run.err());
        Path out = temp.resolve("out");
        for (String file : List.of("training.yaml", "metrics.jsonl", "training.svg", "README.md")) {
            assertTrue(Files.size(out.resolve(file)) > 0, file);
        }
        assertFalse(Files.exists(temp.resolve("out.training")));
        // 6 steps, and the validations of the base and of the end
        assertEquals(8, Files.readAllLines(out.resolve("metrics.jsonl")).size());
        try (Encoder encoder = Encoder.open(out, EncoderOptions.defaults())) {
            Map<String, Object> made = encoder.manifest().provenance();
            assertEquals("multi-task", made.get("strategy"));
            assertEquals("base", made.get("base"));
            assertEquals(6, made.get("steps"));
            assertEquals("en1 ", encoder.manifest().queryPrefix());
        }
        assertTrue(Files.readString(out.resolve("README.md")).contains("\"strategy\" : \"multi-task\""));
    }

    /** The file that a run leaves is all that another needs to repeat it. */
    @Test
    void itsConfigurationRepeatsIt() throws IOException {
        CommandRun first = train(output("first"), "--dropout=0.2", "--seed=5", "--symmetric");
        assertEquals(0, first.exitCode(), first.err());
        Path config = temp.resolve("first/training.yaml");
        CommandRun second = CommandRun.of("train", "--config=" + config, output("second"), "--name=first");
        assertEquals(0, second.exitCode(), second.err());
        assertArrayEquals(
                Files.readAllBytes(temp.resolve("first/model.safetensors")),
                Files.readAllBytes(temp.resolve("second/model.safetensors")));
        // the command line goes first
        CommandRun third = CommandRun.of("train", "--config=" + config, output("third"), "--seed=6");
        assertEquals(0, third.exitCode(), third.err());
        assertFalse(Arrays.equals(
                Files.readAllBytes(temp.resolve("first/model.safetensors")),
                Files.readAllBytes(temp.resolve("third/model.safetensors"))));
    }

    @Test
    void configurationsWithMistakesAreRefused() throws IOException {
        Path config = Files.writeString(temp.resolve("c.yaml"), "alhpa: 0.4\n");
        assertRefused(
                train(output("out"), "--config=" + config),
                "[" + config + "] has the unknown key [alhpa], known ones [");
        Files.writeString(config, "- alpha\n");
        assertRefused(
                train(output("out"), "--config=" + config), "[" + config + "] must hold options as [name: value]");
        Files.writeString(config, "{\"alpha\": 2}");
        assertRefused(train(output("out"), "--config=" + config), "alpha must be from 0 to 1, but is [2.0]");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertRefused(
                CommandRun.of("train", "--base=" + base, output("out")),
                "the option [--data] is missing, on the command line and in --config");
    }

    @Test
    void foldersInTheWayAreNamed() throws IOException {
        Files.createDirectory(temp.resolve("there"));
        assertRefused(
                train(output("there")),
                "--output: [" + temp.resolve("there") + "] exists; remove it or name another folder");
        Files.createDirectories(temp.resolve("half.training/checkpoints/last-00000003"));
        assertRefused(
                train(output("half")),
                "--output: [" + temp.resolve("half.training")
                        + "] holds a run that was not finished; go on with --resume, or remove it");
        assertRefused(
                train(output("none"), "--resume"),
                "--resume: there is no checkpoint in [" + temp.resolve("none.training")
                        + "]; leave --resume out to begin a run");
    }

    /** Such as one that failed while its base was imported. */
    @Test
    void aRunThatWasNeverBegunIsNotInTheWay() throws IOException {
        Files.createDirectories(temp.resolve("out.training/checkpoints"));
        assertEquals(0, train(output("out")).exitCode());
        assertFalse(Files.exists(temp.resolve("out.training")));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertRefused(train(output("out"), "--alpha=1.5"), "alpha must be from 0 to 1, but is [1.5]");
        assertRefused(
                train(output("out"), "--strategy=both"),
                "unknown strategy [both], known ones [monolingual, cross-lingual, hybrid, multi-task, mixed]");
        assertRefused(
                train(output("out"), "--loss=triplet"),
                "unknown loss [triplet], known ones [contrastive, cross-entropy]");
        assertRefused(
                train(output("out"), "--memory=some"), "unknown memory [some], known ones [all, layers, vectors]");
        assertRefused(
                train(output("out"), "--schedule=step"),
                "unknown schedule [step], known ones [constant, linear, cosine]");
        assertRefused(train(output("out"), "--dropout=1"), "dropout is [1.0]; it must be at least [0] and below [1]");
    }

    @Test
    void dataThatTheStrategyCannotUseIsRefused() throws IOException {
        List<Pair> english = ToyWorld.pairs(40, 3).stream()
                .filter(pair -> pair.queryLanguage().equals("en") && pair.monolingual())
                .toList();
        CommandRun run = train(ToyWorld.write(english, temp.resolve("en.jsonl")), output("out"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("[en]"), run.err());
        assertTrue(run.err().contains("cross-lingual"), run.err());
    }

    @Test
    void brokenDataIsNamedByFileAndLine() throws IOException {
        Path empty = Files.writeString(temp.resolve("empty.jsonl"), "");
        assertTrue(train(empty, output("out")).err().contains("[" + empty + "]"));
        Path broken = Files.writeString(temp.resolve("broken.jsonl"), "{\"query\": \n");
        assertTrue(train(broken, output("out")).err().contains("[" + broken + "], line [1] is no JSON object"));
    }

    @Test
    void aBaseOfAnotherFamilyIsRefused() throws IOException {
        Path config = base.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"bert\"", "\"t5\""));
        CommandRun run = train(output("out"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("[config.json]"), run.err());
    }

    /** Questions of the collection that ships with the project. */
    @Test
    void leakageIsRefusedUnlessAskedFor() throws IOException {
        TestCollection sample = CollectionSource.parse("sample").read(null);
        List<Pair> pairs = new ArrayList<>(ToyWorld.pairs(40, 3));
        pairs.add(new Pair(sample.questions().get(0).text(), "an answer", "en", "en", "leak", "toy"));
        Path leaking = ToyWorld.write(pairs, temp.resolve("leaking.jsonl"));
        CommandRun refused = train(leaking, output("out"), "--against=sample", "--path=" + temp);
        assertEquals(1, refused.exitCode());
        assertTrue(
                refused.err()
                        .contains("the training data holds [0] of the [1144] passages and [1] of the [792]"
                                + " questions of [sample]"),
                refused.err());
        assertTrue(refused.err().contains("--allow-leakage"), refused.err());
        CommandRun allowed = train(leaking, output("out"), "--allow-leakage");
        assertEquals(0, allowed.exitCode(), allowed.err());
        assertTrue(allowed.out().contains("1 pairs hold texts of sample, trained on all the same"), allowed.out());
        assertEquals(Map.of("sample", "1 pairs hold texts of it, trained on all the same"), leakage("out"));
        CommandRun dropped = train(leaking, output("clean"), "--drop-leakage");
        assertEquals(0, dropped.exitCode(), dropped.err());
        assertEquals(Map.of("sample", "1 pairs hold texts of it, left out"), leakage("clean"));
    }

    private Object leakage(String artifact) throws IOException {
        try (Encoder encoder = Encoder.open(temp.resolve(artifact), EncoderOptions.defaults())) {
            return encoder.manifest().provenance().get("leakage");
        }
    }

    /** The whole is the base and the adapter that lies in it, to the last bit, and tells the same of itself. */
    @Test
    void loraLeavesItsAdapterBesideTheWhole() throws IOException {
        CommandRun run = train(
                output("out"), "--lora-rank=2", "--learning-rate=1e-2", "--query-prefix=en1 ", "--query-tokens=8");
        assertEquals(0, run.exitCode(), run.err());
        Path adapter = temp.resolve("out/adapter");
        CommandRun merge = CommandRun.of("merge", "--base=" + base, "--adapter=" + adapter, output("merged"));
        assertEquals(0, merge.exitCode(), merge.err());
        assertTrue(merge.out().contains("Writing [out]: 2 layers of 32, pooling MEAN"), merge.out());
        assertSameEncoder(temp.resolve("out"), temp.resolve("merged"));
        CommandRun imported = CommandRun.of("import", base.toString(), "--adapter=" + adapter, output("imported"));
        assertEquals(0, imported.exitCode(), imported.err());
        assertSameEncoder(temp.resolve("out"), temp.resolve("imported"));
    }

    @Test
    void aRunMayBeginAtAnAdapter() throws IOException {
        assertEquals(0, train(output("first"), "--lora-rank=2").exitCode());
        String adapter = "--adapter=" + temp.resolve("first/adapter");
        CommandRun run = train(output("second"), "--lora-rank=2", adapter);
        assertEquals(0, run.exitCode(), run.err());
        try (Encoder encoder = Encoder.open(temp.resolve("second"), EncoderOptions.defaults())) {
            Map<?, ?> began = (Map<?, ?>) encoder.manifest().provenance().get("began_at");
            assertEquals("first", began.get("name"));
            assertEquals("hybrid", ((Map<?, ?>) began.get("provenance")).get("strategy"));
        }
        // lengths and prefixes are the adapter's, where no option gives them
        assertEquals(
                0,
                train(output("short"), "--lora-rank=2", "--query-tokens=8", "--query-prefix=en1 ")
                        .exitCode());
        assertEquals(
                0,
                train(
                                output("next"),
                                "--lora-rank=2",
                                "--adapter=" + temp.resolve("short/adapter"),
                                "--query-prefix=de2 ")
                        .exitCode());
        try (Encoder encoder = Encoder.open(temp.resolve("next"), EncoderOptions.defaults())) {
            assertEquals(8, encoder.manifest().queryTokens());
            assertEquals("de2 ", encoder.manifest().queryPrefix());
        }
        CommandRun other = train(output("third"), "--lora-rank=4", adapter);
        assertEquals(1, other.exitCode());
        assertTrue(
                other.err().contains("give --lora-rank, --lora-scale and --lora-targets as it has them"), other.err());
    }

    @Test
    void adaptersOfOneBaseAreAveraged() throws IOException {
        assertEquals(
                0,
                train(output("first"), "--lora-rank=2", "--query-prefix=en1 ").exitCode());
        assertEquals(
                0,
                train(output("second"), "--lora-rank=3", "--query-prefix=en1 ", "--seed=9")
                        .exitCode());
        String first = "--adapter=" + temp.resolve("first/adapter");
        String second = "--adapter=" + temp.resolve("second/adapter");
        CommandRun average = CommandRun.of("average", first, second, output("mean"), "--rank=4", "--name=mean");
        assertEquals(0, average.exitCode(), average.err());
        assertTrue(average.out().contains("Averaged 2 adapters to one of rank 4, which holds "), average.out());
        CommandRun merge =
                CommandRun.of("merge", "--base=" + base, "--adapter=" + temp.resolve("mean"), output("merged"));
        assertEquals(0, merge.exitCode(), merge.err());
        try (Encoder encoder = Encoder.open(temp.resolve("merged"), EncoderOptions.defaults())) {
            assertEquals("mean", encoder.manifest().name());
            assertEquals("en1 ", encoder.manifest().queryPrefix());
            List<?> members = (List<?>) encoder.manifest().provenance().get("average_of");
            assertEquals(
                    List.of(0, 9),
                    members.stream().map(each -> ((Map<?, ?>) each).get("seed")).toList());
        }
        CommandRun alone = CommandRun.of("average", first, output("alone"));
        assertEquals(1, alone.exitCode());
        assertTrue(alone.err().contains("an average is of at least 2 adapters, not of [1]"), alone.err());
        CommandRun again = CommandRun.of("average", first, second, output("mean"));
        assertEquals(2, again.exitCode());
        assertTrue(again.err().contains("mean"), again.err());
    }

    /** Chosen by measuring and recorded twice: the whole still opens, and what is merged of its adapter keeps the same. */
    @Test
    void theAdapterBringsWhatInt8Keeps() throws IOException {
        CommandRun run = train(output("out"), "--lora-rank=2");
        assertEquals(0, run.exitCode(), run.err());
        String out = temp.resolve("out").toString();
        CommandRun quality =
                CommandRun.of("quality", "--encoder=" + out, "--languages=en", "--precisions=int8", "--choose=1");
        assertEquals(0, quality.exitCode(), quality.err());
        CommandRun merge = CommandRun.of("merge", "--base=" + base, "--adapter=" + out + "/adapter", output("merged"));
        assertEquals(0, merge.exitCode(), merge.err());
        try (Encoder whole = Encoder.open(temp.resolve("out"), EncoderOptions.defaults());
                Encoder merged = Encoder.open(temp.resolve("merged"), EncoderOptions.defaults())) {
            List<String> kept = whole.manifest().keptFromInt8();
            assertTrue(kept.get(0).startsWith("encoder.layer."), kept::toString);
            assertEquals(kept, merged.manifest().keptFromInt8());
            assertTrue(whole.manifest().files().containsKey("adapter/adapter.json"));
        }
    }

    private static void assertSameEncoder(Path expected, Path found) throws IOException {
        assertEquals(-1, Files.mismatch(expected.resolve("model.safetensors"), found.resolve("model.safetensors")));
        try (Encoder whole = Encoder.open(expected, EncoderOptions.defaults());
                Encoder merged = Encoder.open(found, EncoderOptions.defaults())) {
            Manifest tells = merged.manifest();
            assertEquals("out", tells.name());
            assertEquals("en1 ", tells.queryPrefix());
            assertEquals(8, tells.queryTokens());
            assertEquals("hybrid", tells.provenance().get("strategy"));
            assertEquals(whole.manifest().provenance(), tells.provenance());
            assertArrayEquals(
                    whole.encode(List.of("en1 de2"), TextRole.QUERY).get(0).vector(),
                    merged.encode(List.of("en1 de2"), TextRole.QUERY).get(0).vector());
        }
    }

    private static void assertRefused(CommandRun run, String message) {
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains(message), run.err());
    }
}
