package org.hybridir.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.TinyArtifacts;
import org.hybridir.trainer.artifact.ImportSettings;
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
}
