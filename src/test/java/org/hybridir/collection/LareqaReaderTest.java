package org.hybridir.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hybridir.text.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LareqaReaderTest {
    private static final String FIXTURE = "/org/hybridir/collection/fixture";
    /** Thirteen characters, twelve code points. */
    private static final String CONTEXT = "\uD83D\uDC33 ab. Cd ef.";

    private static final String PARAGRAPH = """
            {"data": [{"title": "T", "paragraphs": [{"context": "%s", "sentence_breaks": [[0, 5], [6, 12]],
              "sentences": ["\uD83D\uDC33 ab.", "Cd ef."],
              "qas": [{"id": "q", "question": "Q?", "answers": [{"answer_start": 9, "text": "ef"}]}]}]}]}
            """.replace("%s", CONTEXT);

    @TempDir
    private Path folder;

    @Test
    void readsTheFixture() throws IOException {
        TestCollection c = LareqaReader.readResources("fixture", FIXTURE, List.of("de", "en"));
        assertEquals("fixture", c.name());
        assertEquals(List.of("de", "en"), c.languages());
        assertEquals(
                List.of("de-0000-00-00", "de-0000-00-01", "en-0000-00-00", "en-0000-00-01", "en-0000-00-02"),
                c.passages().stream().map(Passage::id).toList());
        assertEquals(
                new Passage("en-0000-00-01", "en", "Whale", "It breathes air.", List.of("q1")),
                c.passages().get(3));
        assertEquals(
                List.of(List.of("q1"), List.of("q2"), List.of("q3"), List.of("q1"), List.of("q2")),
                c.passages().stream().map(Passage::questionIds).toList());
        assertEquals(
                new Question("q1", "de", "Was atmet ein Wal?"), c.questions().get(0));
        assertEquals(5, c.questions().size());
    }

    @Test
    void aPartOfTheLanguages() throws IOException {
        TestCollection c = LareqaReader.readResources("fixture", FIXTURE, List.of("de", "en"))
                .in(List.of("en"));
        assertEquals(List.of("en"), c.languages());
        assertEquals(3, c.passages().size());
        assertEquals(3, c.questions().size());
        Exception e = assertThrows(IllegalArgumentException.class, () -> c.in(List.of("en", "xx")));
        assertEquals("unknown language [xx], collection [fixture] has [en]", e.getMessage());
    }

    private TestCollection readText(String text) throws IOException {
        Files.writeString(folder.resolve("xx.json"), text);
        return LareqaReader.read("x", folder);
    }

    @Test
    void offsetsAreCodePoints() throws IOException {
        TestCollection given = readText(PARAGRAPH);
        TestCollection sliced = readText(PARAGRAPH.replaceAll("(?m)^.*\"sentences\".*$", ""));
        assertEquals(given, sliced);
        assertEquals("\uD83D\uDC33 ab.", sliced.passages().get(0).text());
        assertEquals("Cd ef.", sliced.passages().get(1).text());
        assertEquals(List.of("q"), sliced.passages().get(1).questionIds());
    }

    @Test
    void sentencesAreTrustedBeforeSlices() throws IOException {
        assertEquals(
                "Other.",
                readText(PARAGRAPH.replace("\"Cd ef.\"", "\"Other.\""))
                        .passages()
                        .get(1)
                        .text());
    }

    @Test
    void otherFilesAreNotLookedAt() throws IOException {
        Files.writeString(folder.resolve("README.md"), "x");
        Files.writeString(folder.resolve("results.json"), "x");
        assertEquals(List.of("xx"), readText(PARAGRAPH).languages());
    }

    private void refused(String from, String to, String message) {
        String text = PARAGRAPH.replace(from, to);
        Exception e = assertThrows(FormatException.class, () -> readText(text));
        assertEquals("malformed collection file [" + folder.resolve("xx.json") + "]" + message, e.getMessage());
    }

    @Test
    void malformedFilesAreRefused() {
        refused("{\"data\"", "{\"date\"", ": field [data] must be an array, but is missing");
        refused("\"title\": \"T\"", "\"title\": 7", ", article [0]: field [title] must be a string, but is number");
        refused(
                "\"sentence_breaks\"",
                "\"breaks\"",
                ", article [0], paragraph [0]: field [sentence_breaks] must be an array, but is missing");
    }

    @Test
    void malformedSentencesAreRefused() {
        String paragraph = ", article [0], paragraph [0]: ";
        refused("[0, 5], ", "", paragraph + "there are [2] sentences but [1] sentence breaks");
        refused("[0, 5]", "[0]", paragraph + "sentence break [0] must be a pair of numbers, but is [0]");
        refused("[0, 5]", "[5, 5]", paragraph + "sentence break [0] must end after it starts, but is [5,5]");
        refused("[0, 5]", "[-1, 5]", paragraph + "sentence break [0] must be a whole number from 0 on, but is number");
        refused("\"Cd ef.\"", "\" \"", paragraph + "sentence [1] is empty");
        refused("\"Cd ef.\"", "3", paragraph + "sentence [1] must be a string, but is 3");
        Exception e = assertThrows(
                FormatException.class,
                () -> readText(PARAGRAPH.replace("[6, 12]", "[6, 13]").replace("\"sentences\"", "\"other\"")));
        assertEquals(
                "malformed collection file [" + folder.resolve("xx.json") + "]" + paragraph
                        + "a sentence ends at code point [13], after the end of the context [12]",
                e.getMessage());
    }

    @Test
    void malformedQuestionsAreRefused() {
        String question = ", article [0], paragraph [0], question [q]: ";
        refused(
                "\"answer_start\": 9",
                "\"answer_start\": 5",
                question + "the answer at code point [5] stands in no sentence");
        refused(
                "[0, 5]",
                "[0, 10]",
                question + "the answer at code point [9] stands in the sentences [0] and [1], whose breaks overlap");
        refused("{\"answer_start\": 9, \"text\": \"ef\"}", "", question + "field [answers] must not be empty");
        refused(
                "\"answer_start\": 9",
                "\"answer_start\": \"9\"",
                question + "field [answer_start] must be a whole number from 0 on, but is string");
        refused(
                "\"question\": \"Q?\"",
                "\"question\": null",
                question + "field [question] must be a string, but is null");
        refused(
                "\"qas\": [",
                "\"qas\": [{\"id\": \"q\", \"question\": \"Q\", \"answers\": [{\"answer_start\": 0}]}, ",
                question + "the id stands twice in the same language");
    }

    @Test
    void notJson() {
        Exception e = assertThrows(FormatException.class, () -> readText("{\"data\": ["));
        String start = "malformed collection file [" + folder.resolve("xx.json") + "]: ";
        assertTrue(e.getMessage().startsWith(start + "not JSON: "), e.getMessage());
        e = assertThrows(FormatException.class, () -> readText("[]"));
        assertEquals(start + "the file is not a JSON object", e.getMessage());
        e = assertThrows(FormatException.class, () -> readText(""));
        assertEquals(start + "the file is not a JSON object", e.getMessage());
    }

    @Test
    void foldersWithoutFilesAreRefused() {
        Exception e = assertThrows(FormatException.class, () -> LareqaReader.read("x", folder));
        assertEquals("folder [" + folder + "] holds no LAReQA file, whose names are like [de.json]", e.getMessage());
        Path missing = folder.resolve("missing");
        e = assertThrows(FormatException.class, () -> LareqaReader.read("x", missing));
        assertEquals("[" + missing + "] is not a folder", e.getMessage());
    }
}
