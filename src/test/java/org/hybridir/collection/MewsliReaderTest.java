package org.hybridir.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hybridir.text.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MewsliReaderTest {
    private static final String ENTITIES = "candidate_set_entities.jsonl";
    private static final String MENTIONS = "wikinews_mentions-test.jsonl";

    @TempDir
    Path folder;

    private static String mention(String id, String entity, int start, int end) {
        return "{\"example_id\": \"" + id + "\", \"entity_id\": \"" + entity + "\", \"mention_span\": {\"start\": "
                + start + ", \"end\": " + end + ", \"text\": \"not looked at\"}}";
    }

    private static String article(String text, String mentions) {
        return "{\"context\": {\"language\": \"en\", \"text\": \"" + text + "\", \"sentence_spans\": ["
                + "{\"start\": 0, \"end\": 6}, {\"start\": 7, \"end\": 31}]}, \"mentions\": [" + mentions + "]}";
    }

    /** An emoji of two UTF-16 units comes before the second sentence: offsets are code points. */
    private static final String TEXT = "Hi 😀 u. The {big} Smith of Ulm left";

    private void write(String... articles) throws IOException {
        new TextFolder(folder)
                .with(MENTIONS, articles)
                .with(
                        ENTITIES,
                        "{\"entity_id\": \"Q1\", \"title\": \"Smith\", \"description\": \"Ein  Mann. x Er lebt.\","
                                + " \"description_language\": \"de\", \"sentence_spans\":"
                                + " [{\"start\": 0, \"end\": 10}, {\"start\": 13, \"end\": 21}]}",
                        "{\"entity_id\": \"Q2\", \"title\": \"Ulm\", \"description\": \"Stadt\","
                                + " \"description_language\": \"de\", \"sentence_spans\": [{\"start\": 0, \"end\": 5}]}");
    }

    @Test
    void textsAreThoseOfTheBaseline() throws IOException {
        // code points: "The {big} Smith of Ulm l" is [7, 31), "Smith" [17, 22)
        write(article("Hi 😀 u The {big} Smith of Ulm left", mention("m1", "Q1", 17, 22)));
        TestCollection c = CollectionSource.MEWSLI_X.read(folder);
        assertEquals(List.of(new Question("m1", "en", "Smith: The (big) { Smith } of Ulm l")), c.questions());
        assertEquals(
                List.of(
                        new Passage("Q1", "Q1", "de", "", "Ein Mann. Er lebt.", Map.of("m1", 1)),
                        new Passage("Q2", "Q2", "de", "", "Stadt", Map.of())),
                c.passages());
        assertEquals(List.of("de", "en"), c.languages());
    }

    @Test
    void errorsNameFileAndLine() throws IOException {
        String at = "[" + folder.resolve(MENTIONS) + "], line [1]: ";
        write(article("", mention("m1", "Q1", 0, 2)));
        assertEquals(
                at + "the article has no text; run Mewsli-X's script get-mewsli-x.sh, which puts it in", refused());
        write(article(TEXT, mention("m1", "Q1", 3, 9)));
        assertEquals(at + "the mention at code point [3] stands in no sentence", refused());
        write(article(TEXT, mention("m1", "Q1", 8, 9) + "," + mention("m1", "Q2", 9, 10)));
        assertEquals(at + "the mention [m1] stands twice", refused());
        write(article(TEXT, mention("m1", "Q7", 8, 9)));
        assertTrue(refused().contains("but no passage is relevant to a question"), refused());
    }

    private String refused() {
        return assertThrows(FormatException.class, () -> CollectionSource.MEWSLI_X.read(folder))
                .getMessage();
    }
}
