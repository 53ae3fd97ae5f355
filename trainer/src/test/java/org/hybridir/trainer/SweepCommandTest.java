package org.hybridir.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hybridir.encoder.TinyArtifacts;
import org.hybridir.trainer.run.ToyWorld;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SweepCommandTest {
    @TempDir
    static Path temp;

    private static String base;
    private static String data;

    @BeforeAll
    static void write() throws IOException {
        base = TinyArtifacts.bert(temp, "tiny").toString();
        Path file = ToyWorld.write(ToyWorld.pairs(40, 3), temp.resolve("toy.jsonl"));
        data = "jsonl:" + file;
    }

    private static CommandRun run(String... more) {
        List<String> arguments = new ArrayList<>(List.of("sweep", "--base", base, "--data", data));
        arguments.addAll(List.of("--steps=2", "--batch-size=4", "--precision=fp32", "--validation-pairs=0"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(new String[0]));
    }

    @Test
    void aSweepFromTheCommandLineAndAConfigurationFile() throws IOException {
        Path output = temp.resolve("sweep");
        Path config = temp.resolve("sweep-options.yaml");
        Files.writeString(config, "strategies: [monolingual, hybrid]\nalphas: [0.25, 0.75]\nlanguages: [de, en]\n");
        CommandRun run = run("--config=" + config, "--seeds=5", "--output=" + output, "--threads=1");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("Run 3 of 3, hybrid-0.75-seed-5: finished"), run.out());
        assertTrue(run.out().contains("| hybrid | 0.25 | 1 |"), run.out());
        JsonNode results = new ObjectMapper()
                .readTree(output.resolve("sample/results.json").toFile());
        assertEquals(144, results.path("about").path("questions").asInt());
        assertEquals(9, results.path("comparisons").size());
        JsonNode saved = new YAMLMapper().readTree(output.resolve("sweep.yaml").toFile());
        assertEquals("[0.25,0.75]", saved.path("alphas").toString());
        assertEquals("[5]", saved.path("seeds").toString());
        assertEquals(2, saved.path("steps").asInt());
        assertEquals("fp32", saved.path("precision").asText());
        assertEquals(base, saved.path("base").asText());

        CommandRun again = run("--config=" + config, "--seeds=5", "--output=" + output, "--threads=1");
        assertRefused(again, "--output: [" + output + "] holds a sweep; go on with --resume, or name another folder");
        // the saved options alone repeat the sweep, and nothing is left to do
        CommandRun resumed =
                CommandRun.of("sweep", "--output=" + output, "--config=" + output.resolve("sweep.yaml"), "--resume");
        assertEquals(0, resumed.exitCode(), resumed.err());
        assertTrue(resumed.out().contains("Run 1 of 3, monolingual-seed-5: finished before"), resumed.out());
        assertFalse(resumed.out().contains("training"), resumed.out());

        String table = Files.readString(output.resolve("sample/results.md"));
        Files.delete(output.resolve("sample/results.md"));
        CommandRun report = CommandRun.of("sweep", "--output=" + output, "--report");
        assertEquals(0, report.exitCode(), report.err());
        assertEquals("\n" + table, report.out());
        assertRefused(
                CommandRun.of("sweep", "--output=" + temp, "--report"),
                "--report: there is no sweep in [" + temp + "]; name the folder of one");
    }

    @Test
    void wrongArguments() throws IOException {
        String output = "--output=" + temp.resolve("none");
        assertRefused(
                run(output, "--strategies=hybrid,best"),
                "unknown strategy [best], known ones [monolingual, cross-lingual, hybrid, multi-task, mixed]");
        assertRefused(run(output, "--alphas=0.5,1.5"), "alphas are [1.5]; each must be at least [0] and at most [1]");
        assertRefused(run(output, "--seeds=1,1"), "seeds are [1, 1]; give each seed once");
        assertRefused(run(output, "--seeds="), "--seeds");
        assertRefused(run(output, "--strategies="), "unknown strategy []");
        assertRefused(run(output, "--evaluate=wikipedia"), "unknown collection [wikipedia]");
        assertRefused(run(output, "--evaluate=xquad-r"), "--evaluate-path: collection [xquad-r] needs a path");
        assertRefused(
                run(output, "--evaluate=sample,sample"), "collections are [sample, sample]; give each collection once");
        assertRefused(run(output, "--languages=xx"), "unknown language [xx]");
        assertRefused(run(output, "--steps=3"), "--steps: given [2] times; give it once");
        assertRefused(run(output, "--loss=none"), "unknown loss [none]");
        assertRefused(
                run(output, "--resume"),
                "--resume: there is no sweep in [" + temp.resolve("none") + "]; leave --resume out to begin one");
        assertRefused(run("--output=" + temp), "--output: [" + temp + "] exists; remove it or name another folder");
        Path config = temp.resolve("unknown.yaml");
        Files.writeString(config, "strategy: hybrid\n");
        assertRefused(run(output, "--config=" + config), "has the unknown key [strategy], known ones [accumulate,");
        assertFalse(Files.exists(temp.resolve("none")));
    }

    private static void assertRefused(CommandRun run, String message) {
        assertEquals(2, run.exitCode(), run.out() + run.err());
        assertTrue(run.err().contains(message), run.err());
    }
}
