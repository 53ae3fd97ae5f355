package org.hybridir.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.Manifest;
import org.hybridir.encoder.TextRole;
import org.hybridir.encoder.TinyArtifacts;
import org.hybridir.trainer.artifact.Folders;
import org.hybridir.trainer.artifact.ImportSettings;
import org.hybridir.trainer.model.Adapter;
import org.hybridir.trainer.model.Lora;
import org.hybridir.trainer.model.ShippedAdapters;
import org.hybridir.weights.InMemoryTensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    @TempDir
    Path temp;

    /** An artifact is a sentence-transformers folder, so it can be imported again under another name. */
    @Test
    void importsAFolder() throws IOException {
        Path source = TinyArtifacts.bert(temp, "first");
        Path output = temp.resolve("deep/second");
        CommandRun run = CommandRun.of("import", source.toString(), "--output", output.toString(), "--name", "second");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("Writing [second]: 2 layers of 32, pooling MEAN"), run.out());
        assertTrue(run.out().contains("A node opens it from config/opensearch-hybrid-ir/encoders/second/"), run.out());
        try (Encoder encoder = Encoder.open(output, EncoderOptions.defaults())) {
            assertEquals("second", encoder.manifest().name());
        }
    }

    /** A base that a training imports for itself is not for a node. */
    @Test
    void onlyTheCommandSaysWhereANodeOpensIt() throws IOException {
        Path source = TinyArtifacts.bert(temp, "source");
        Path output = temp.resolve("base");
        StringWriter said = new StringWriter();
        new Importer(output, new PrintWriter(said)).folder(source, ImportSettings.none());
        assertTrue(said.toString().contains("Wrote " + output), said.toString());
        assertFalse(said.toString().contains("A node opens it"), said.toString());
    }

    @Test
    void refusesAnOutputThatExists() throws IOException {
        Path output = Files.createDirectory(temp.resolve("there"));
        CommandRun run = CommandRun.of("import", "mbert", "--output", output.toString());
        assertEquals(1, run.exitCode());
        assertEquals(
                "error: the output [" + output + "] exists; remove it or name another folder",
                run.err().strip());
    }

    @Test
    void refusesASourceThatDoesNotExist() {
        Path source = temp.resolve("nothing");
        Path output = temp.resolve("x");
        CommandRun run = CommandRun.of("import", source.toString(), "--output", output.toString());
        assertEquals(1, run.exitCode());
        assertEquals(
                "error: there is no folder [" + source
                        + "]; give [mbert], or a folder with config.json, model.safetensors and tokenizer.json",
                run.err().strip());
        assertFalse(Files.exists(output));
    }

    @Test
    void saysWhatIsMissingOnTheCommandLine() {
        CommandRun run = CommandRun.of("import", "mbert");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("Missing required option: '--output=DIR'"), run.err());
    }

    /** An adapter that changes one matrix in each layer of a tiny encoder. */
    private Path adapter(Path base) throws IOException {
        InMemoryTensors matrices = new InMemoryTensors();
        for (int layer = 0; layer < 2; layer++) {
            String matrix = "encoder.layer." + layer + ".attention.self.query.weight.lora_";
            float[] values = new float[32];
            Arrays.fill(values, .5f);
            matrices.put(matrix + "A", new long[] {1, 32}, values).put(matrix + "B", new long[] {32, 1}, values);
        }
        Manifest manifest = new Manifest("tuned", "ask: ", "", 12, 14, Map.of(), Map.of("steps", 7));
        String hash;
        try (Artifact opened = Artifact.open(new ArtifactFolder(base))) {
            hash = opened.weightsHash();
        }
        Path folder = temp.resolve("adapter");
        new Adapter(new Lora(1, 1, List.of("query")), hash, manifest, matrices).write(folder);
        return folder;
    }

    private Path base() throws IOException {
        Path base = temp.resolve("base");
        new Importer(base, new PrintWriter(new StringWriter()))
                .folder(TinyArtifacts.bert(temp, "source"), ImportSettings.none());
        return base;
    }

    @Test
    void anAdapterBringsPrefixesLengthsAndWhereItIsFrom() throws IOException {
        Path base = base();
        Path output = temp.resolve("out/second");
        CommandRun run = CommandRun.of(
                "import", base.toString(), "--adapter", adapter(base).toString(), "--output", output.toString());
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("Importing [" + base + "], the base of the adapter [tuned]"), run.out());
        assertTrue(run.out().contains("Each query: prefix [ask: ], at most 12 tokens"), run.out());
        assertTrue(run.out().contains("A node opens it from config/opensearch-hybrid-ir/encoders/tuned/"), run.out());
        assertEquals(Set.of(output), children(output.getParent()));
        try (Encoder tuned = Encoder.open(output, EncoderOptions.defaults());
                Encoder before = Encoder.open(base, EncoderOptions.defaults())) {
            assertEquals(14, tuned.manifest().passageTokens());
            assertEquals(Map.of("steps", 7), tuned.manifest().provenance());
            assertFalse(Arrays.equals(vector(tuned), vector(before)));
        }
    }

    private static float[] vector(Encoder encoder) throws IOException {
        return encoder.encode(List.of("the river"), TextRole.PASSAGE).get(0).vector();
    }

    private static Set<Path> children(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.collect(Collectors.toSet());
        }
    }

    @Test
    void anAdapterFitsItsBaseAlone() throws IOException {
        Path adapter = adapter(base());
        Path other = TinyArtifacts.xlmRoberta(temp, "other");
        Path output = temp.resolve("out/second");
        CommandRun run = CommandRun.of(
                "import", other.toString(), "--adapter", adapter.toString(), "--output", output.toString());
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.err().contains("the adapter was trained on weights of SHA-256 ["), run.err());
        assertEquals(Set.of(), children(output.getParent()));
    }

    @Test
    void refusesAnAdapterThatIsNotThere() {
        CommandRun run =
                CommandRun.of("import", "mbert", "--adapter=nothing", "--output=" + temp.resolve("out/second"));
        assertEquals(2, run.exitCode());
        assertTrue(
                run.err()
                        .contains("--adapter: there is no folder [nothing]; give an adapter's, or a name of "
                                + new ShippedAdapters().names()),
                run.err());
        assertFalse(Files.exists(temp.resolve("out")));
    }

    @Test
    void refusesWhatTheAdapterDecides() throws IOException {
        Path base = base();
        for (String option : List.of("--query-prefix", "--passage-prefix", "--query-tokens", "--passage-tokens")) {
            CommandRun run = CommandRun.of(
                    "import",
                    base.toString(),
                    "--adapter=" + adapter(base),
                    option,
                    "16",
                    "--output=" + temp.resolve("out"));
            assertEquals(2, run.exitCode());
            assertTrue(
                    run.err()
                            .contains(option + ": the adapter was trained on prefixes and lengths of its own; leave out"
                                    + " [16], or --adapter"),
                    run.err());
            Folders.delete(temp.resolve("adapter"));
        }
    }

    @Test
    void helpNamesTheAdaptersThatShip() {
        String help = CommandRun.of("import", "--help").out();
        assertTrue(help.contains("--adapter=NAME|DIR"), help);
        for (String name : new ShippedAdapters()) {
            assertTrue(help.contains(name), help);
        }
    }
}
