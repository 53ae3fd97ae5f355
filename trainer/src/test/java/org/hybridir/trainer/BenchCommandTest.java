package org.hybridir.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hybridir.encoder.TinyArtifacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchCommandTest {
    @TempDir
    Path temp;

    private static void refuses(String message, String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertEquals(2, run.exitCode(), run.err());
        assertEquals(message, run.err().lines().findFirst().orElse(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--repeat=0 | --repeat must be at least 1, not [0]",
                "--passages=-1 | --passages must be at least 0, not [-1]",
                "--queries=0 | --queries must be at least 1, not [0]",
                "--alone-texts=0 | --alone-texts must be at least 1, not [0]",
                "--threads=0 | --threads must be at least 1, not [0]",
                "--svg=none/x.svg | --svg: the folder of [none/x.svg] is not there; make it first",
                "--json=none/x.json | --json: the folder of [none/x.json] is not there; make it first"
            })
    void encodingRefuses(String argument, String message) {
        refuses(message, "bench", "encoding", "--encoder=none", argument);
    }

    @Test
    void encodingRefusesAnUnknownPrecision() {
        CommandRun run = CommandRun.of("bench", "encoding", "--encoder=none", "--precisions=fp32,fp7");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().startsWith("--precisions: unknown precision [fp7], allowed are [fp32, bf16"), run.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--clients=1,0 | --clients must be at least 1, not [0]",
                "--mixed-clients=0 | --mixed-clients must be at least 1, not [0]",
                "--writers=0 | --writers must be at least 1, not [0]",
                "--seconds=0 | --seconds must be at least 1, not [0]",
                "--offline-rate=-1 | --offline-rate must be above 0, not [-1.0]",
                "--soak=0 | --soak must be above 0 minutes, not [0.0]",
                "--soak=1 | --soak needs --pid, the id of the node's process, whose memory it watches",
                "--url=file:/x | --url: URL [file:/x] must look like [http://127.0.0.1:9200]"
            })
    void nodeRefuses(String argument, String message) {
        refuses(message, "bench", "node", argument);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--steps=0 | --steps must be at least 1, not [0]",
                "--peer-steps=-1 | --peer-steps must be at least 0, not [-1]",
                "--batch-size=1 | --batch-size must be at least 2, not [1]",
                "--query-tokens=0 | --query-tokens must be at least 1, not [0]",
                "--passage-tokens=0 | --passage-tokens must be at least 1, not [0]"
            })
    void trainingRefuses(String argument, String message) {
        refuses(message, "bench", "training", "--encoder=none", argument);
    }

    @Test
    void soakingNeedsAProcess() {
        CommandRun run = CommandRun.of("bench", "node", "--soak=1", "--pid=-5");
        assertEquals(1, run.exitCode());
        assertTrue(
                run.err().startsWith("error: [/proc/-5/status] does not tell the resident memory: --pid must be"),
                run.err());
    }

    @Test
    void encodesTheSample() throws IOException {
        Path encoder = TinyArtifacts.bert(temp, "tiny");
        Path svg = temp.resolve("x.svg");
        Path json = temp.resolve("x.json");
        CommandRun run = CommandRun.of(
                "bench",
                "encoding",
                "--encoder=" + encoder,
                "--precisions=fp32",
                "--threads=2",
                "--passages=20",
                "--questions=10",
                "--queries=3",
                "--alone-texts=5",
                "--repeat=1",
                "--svg=" + svg,
                "--json=" + json);
        assertEquals(0, run.exitCode(), run.err());
        for (String name : new String[] {"hybrid-ir fp32", "onnx fp32 1x2", "onnx int8 2x1", "one at a time fp32"}) {
            assertEquals(
                    3,
                    run.out()
                            .lines()
                            .filter(line -> line.startsWith(name + " "))
                            .count(),
                    run.out());
            assertTrue(Files.readString(svg).contains(">" + name + "<"), name);
            assertTrue(Files.readString(json).contains("\"" + name + "\""), name);
        }
    }
}
