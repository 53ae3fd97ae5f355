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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportCommandTest {
    @TempDir
    Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** An artifact is a sentence-transformers folder, so it can be imported again under another name. */
    @Test
    void importsAFolder() throws IOException {
        Path source = TinyArtifacts.bert(temp, "first");
        Path output = temp.resolve("deep/second");
        assertEquals(0, run("import", source.toString(), "--output", output.toString(), "--name", "second"));
        assertTrue(out.toString().contains("Writing [second]: 2 layers of 32, pooling MEAN"), out.toString());
        try (Encoder encoder = Encoder.open(output, EncoderOptions.defaults())) {
            assertEquals("second", encoder.manifest().name());
        }
    }

    @Test
    void refusesAnOutputThatExists() throws IOException {
        Path output = Files.createDirectory(temp.resolve("there"));
        assertEquals(1, run("import", "mbert", "--output", output.toString()));
        assertEquals(
                "error: the output [" + output + "] exists; remove it or name another folder",
                err.toString().strip());
    }

    @Test
    void refusesASourceThatDoesNotExist() {
        Path source = temp.resolve("nothing");
        assertEquals(
                1,
                run("import", source.toString(), "--output", temp.resolve("x").toString()));
        assertEquals(
                "error: there is no folder [" + source
                        + "]; give [mbert], or a folder with config.json, model.safetensors and tokenizer.json",
                err.toString().strip());
        assertFalse(Files.exists(temp.resolve("x")));
    }

    @Test
    void saysWhatIsMissingOnTheCommandLine() {
        assertEquals(2, run("import", "mbert"));
        assertTrue(err.toString().contains("Missing required option: '--output=DIR'"), err.toString());
    }

    private int run(String... arguments) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        command.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return command.execute(arguments);
    }
}
