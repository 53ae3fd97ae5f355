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
        JsonNode settings = report.path("report").path("settings");
        double ap = settings.path("monolingual").findValue("AP").asDouble();
        assertTrue(ap > 0 && ap < 1, "AP " + ap);
        String rounded = String.format(Locale.ROOT, "%.4f", ap);
        assertTrue(run.out().contains(rounded), rounded + " stands in\n" + run.out());
        assertFalse(Files.exists(temp.resolve("report.json.part")));

        assertEquals(10, report.path("report").path("top").path("cut_off").asInt());
        assertTrue(run.out().contains("MRC@10"), run.out());
        JsonNode worst = report.path("report").path("worst");
        assertEquals(10, worst.size());
        worst.forEach(question -> {
            assertTrue(question.path("text").isTextual(), question.toString());
            assertEquals(10, question.path("top").size());
            question.path("top").forEach(hit -> assertTrue(hit.path("text").isTextual(), hit.toString()));
            question.path("golds").forEach(gold -> assertTrue(gold.path("text").isTextual(), gold.toString()));
        });
        // questions' own values: their mean over one language is the report's
        JsonNode questions = report.path("questions");
        JsonNode own = questions.path("measures").path("AP").path("monolingual");
        assertEquals(144, own.size());
        double sum = 0;
        for (int question = 0; question < 144; question++) {
            sum += questions.path("languages").path(question).asText().equals("de")
                    ? own.path(question).asDouble()
                    : 0;
        }
        assertEquals(
                settings.path("monolingual")
                        .path("per_language")
                        .path("de")
                        .path("AP")
                        .asDouble(),
                sum / 72,
                1e-12);
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
