package org.hybridir.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.hybridir.encoder.TinyArtifacts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    @TempDir
    static Path temp;

    private static String encoder;

    @BeforeAll
    static void makeEncoder() throws IOException {
        encoder = TinyArtifacts.bert(temp, "tiny").toString();
    }

    @Test
    void printsATableAndWritesTheSameAsJson() throws IOException {
        Path json = temp.resolve("report.json");
        CommandRun run = CommandRun.of(
                "evaluate",
                "--encoder",
                encoder,
                "--collection",
                "sample",
                "--languages",
                "de,en",
                "--json",
                "" + json);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("144 questions against 208 passages in 2 languages"), run.out());
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        JsonNode settings = report.findValue("settings");
        double ap = settings.path("monolingual").findValue("AP").asDouble();
        assertTrue(ap > 0 && ap < 1, "AP " + ap);
        String rounded = String.format(Locale.ROOT, "%.4f", ap);
        assertTrue(run.out().contains(rounded), rounded + " stands in\n" + run.out());
        assertFalse(Files.exists(temp.resolve("report.json.part")));
    }

    @Test
    void moreThreadsGiveTheSameReport() {
        String[] arguments = {
            "evaluate", "--encoder", encoder, "--collection", "sample", "--languages", "es,zh", "--threads", "1"
        };
        String one = tables(CommandRun.of(arguments));
        arguments[arguments.length - 1] = "3";
        assertEquals(one, tables(CommandRun.of(arguments)));
    }

    /** What is printed, without the times. */
    private static String tables(CommandRun run) {
        assertEquals(0, run.exitCode(), run.err());
        int from = run.out().indexOf("macro mean");
        int to = run.out().indexOf("AP of each question language");
        assertTrue(from >= 0 && to > from, run.out());
        return run.out().substring(from, to);
    }

    @Test
    void namesWhatItDoesNotKnow() {
        assertRefused("unknown measure [MAP], known ones [AP, RR, nDCG", "--collection=sample", "--measures=MAP");
        assertRefused("[xx]", "--collection=sample", "--languages=xx");
        assertRefused("[wikipedia]", "--collection=wikipedia");
        assertRefused("takes no path", "--collection=sample", "--path=" + temp);
        assertRefused("[" + temp.resolve("none") + "]", "--collection=xquad-r", "--path=" + temp.resolve("none"));
    }

    private static void assertRefused(String message, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "evaluate";
        arguments[1] = "--encoder=" + encoder;
        System.arraycopy(more, 0, arguments, 2, more.length);
        CommandRun run = CommandRun.of(arguments);
        assertTrue(run.exitCode() != 0, run.out());
        assertTrue(run.err().contains(message), run.err());
    }
}
