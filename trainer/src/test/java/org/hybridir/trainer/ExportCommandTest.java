package org.hybridir.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.TinyArtifacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
    @TempDir
    Path temp;

    private CommandRun export(Path encoder, String format, Path output) {
        return CommandRun.of(
                "export", "--encoder", encoder.toString(), "--format", format, "--output", output.toString());
    }

    @Test
    void exportsOnnx() throws IOException {
        Path output = temp.resolve("deep/x.onnx");
        CommandRun run = export(TinyArtifacts.bert(temp, "bert"), "onnx", output);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("Wrote [bert] as onnx to " + output + ", 0."), run.out());
        assertTrue(run.out().contains("Largest deviation from its 21 golden vectors: "), run.out());
        assertTrue(run.out().contains("sentence_embedding: float32 [batch, 32], of length one"), run.out());
    }

    @Test
    void exportsAZipForMlCommons() throws IOException {
        Path output = temp.resolve("x.zip");
        CommandRun run = export(TinyArtifacts.bert(temp, "bert"), "torchscript", output);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("POST /_plugins/_ml/models/_register"), run.out());
        assertTrue(
                run.out().contains("\"model_content_hash_value\" : \"" + ArtifactFolder.sha256(output) + "\""),
                run.out());
    }

    @Test
    void exportsAModuleWithItsTokenizer() throws IOException {
        Path output = temp.resolve("module/x.pt");
        CommandRun run = export(TinyArtifacts.bert(temp, "bert"), "torchscript", output);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("\"embedding_dimension\" : 32"), run.out());
        assertTrue(Files.exists(output.resolveSibling("tokenizer.json")));
    }

    @Test
    void saysWhatExists() throws IOException {
        Path output = Files.createFile(temp.resolve("x.onnx"));
        CommandRun run = export(temp, "onnx", output);
        assertEquals(1, run.exitCode());
        assertEquals(
                "error: the output [" + output + "] exists; remove it or name another file",
                run.err().strip());
    }

    @Test
    void refusesAnUnknownFormat() {
        CommandRun run = export(temp, "keras", temp.resolve("x"));
        assertEquals(2, run.exitCode());
        assertTrue(
                run.err()
                        .contains("Invalid value for option '--format': expected one of [ONNX, onnx, TORCHSCRIPT,"
                                + " torchscript] (case-sensitive) but was 'keras'"),
                run.err());
    }
}
