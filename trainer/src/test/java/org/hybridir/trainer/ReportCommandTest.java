package org.hybridir.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hybridir.encoder.TinyArtifacts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    static Path temp;

    private static Path json;
    private static Path page;

    @BeforeAll
    static void evaluate() throws IOException {
        String encoder = TinyArtifacts.bert(temp, "tiny").toString();
        json = temp.resolve("result.json");
        page = temp.resolve("page.html");
        CommandRun run = CommandRun.of(
                "evaluate",
                "--encoder=" + encoder,
                "--collection=sample",
                "--languages=de,en",
                "--json=" + json,
                "--html=" + page);
        assertEquals(0, run.exitCode(), run.err());
    }

    /** The page of a kept result is, to the last letter, the one that was made at once: JSON keeps every digit. */
    @Test
    void aKeptResultGivesTheSamePage() throws IOException {
        Path again = temp.resolve("again.html");
        CommandRun run = CommandRun.of("report", "" + json, "--html=" + again);
        assertEquals(0, run.exitCode(), run.err());
        String html = Files.readString(page);
        assertTrue(html.contains("144 questions") && html.contains("208 passages"), html);
        for (String title :
                List.of("Language pairs", "Rank distance", "The hardest questions", "Distance between languages")) {
            assertTrue(html.contains("<h2>" + title + "</h2>"), title);
        }
        assertEquals(html, Files.readString(again));
        try (Stream<Path> files = Files.list(temp)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().endsWith(".tmp")).toList());
        }
    }

    @Test
    void anEvaluationThatANodeKept() throws IOException {
        Path kept = temp.resolve("kept.json");
        Files.writeString(
                kept,
                "{\"id\": \"a\", \"started\": \"2026-03-01T12:00:00Z\", \"result\": " + Files.readString(json) + "}");
        Path html = temp.resolve("kept.html");
        CommandRun run = CommandRun.of("report", "" + kept, "--html=" + html);
        assertEquals(0, run.exitCode(), run.err());
        String started = "<dt>Started</dt><dd>2026-03-01T12:00:00Z</dd>";
        assertTrue(Files.readString(html).contains(started), Files.readString(html));
        assertEquals(Files.readString(page), Files.readString(html).replace(started, ""));
    }

    @Test
    void markdownToo() throws IOException {
        Path markdown = temp.resolve("page.md");
        CommandRun run = CommandRun.of("report", "" + json, "--markdown=" + markdown);
        assertEquals(0, run.exitCode(), run.err());
        String text = Files.readString(markdown);
        assertTrue(text.contains("| setting | AP | RR |") && text.contains("\n| multilingual | "), text);
    }

    @Test
    void refusesWhatItCannotDo() throws IOException {
        assertRefused("Missing required argument", "" + json);
        Path nowhere = temp.resolve("none").resolve("page.html");
        assertRefused(
                "--html: the folder of [" + nowhere + "] is not there; make it first", "" + json, "--html=" + nowhere);
        Path out = temp.resolve("out.html");
        assertRefused(
                "there is no file [" + temp.resolve("none.json") + "]",
                temp.resolve("none.json") + "",
                "--html=" + out);
        Path other = Files.writeString(temp.resolve("other.json"), "{\"took\": 1}");
        assertRefused(
                "a result of an evaluation has an object [report], this one has [null]", "" + other, "--html=" + out);
        Path broken = Files.writeString(temp.resolve("broken.json"), "{");
        assertRefused("[" + broken + "] is no JSON object", "" + broken, "--html=" + out);
        assertTrue(Files.notExists(out), "nothing was written");
    }

    private static void assertRefused(String message, String... more) {
        CommandRun run = CommandRun.of(
                Stream.concat(Stream.of("report"), Stream.of(more)).toArray(String[]::new));
        assertTrue(run.exitCode() != 0, run.out());
        assertTrue(run.err().contains(message), run.err());
    }
}
