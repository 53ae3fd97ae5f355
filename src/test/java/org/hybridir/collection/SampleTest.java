package org.hybridir.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The sample collection is parallel, has the promised size, and its offsets are right. */
class SampleTest {
    private static final List<String> LANGUAGES =
            List.of("ar", "de", "el", "en", "es", "hi", "ru", "th", "tr", "vi", "zh");

    @Test
    void questionsAreParallelAndAnsweredInEachLanguage() throws IOException {
        TestCollection sample = CollectionSource.parse("sample").read(null);
        assertEquals(LANGUAGES, sample.languages());
        Set<String> ids = questionIds(sample, "en");
        assertTrue(ids.size() >= 60, "only " + ids.size() + " questions");
        for (String language : LANGUAGES) {
            assertEquals(ids, questionIds(sample, language), language);
        }
        Map<String, List<String>> goldLanguages = new HashMap<>();
        sample.passages().forEach(p -> p.questionIds().forEach(q -> goldLanguages
                .computeIfAbsent(q, id -> new ArrayList<>())
                .add(p.language())));
        ids.forEach(id -> assertEquals(LANGUAGES, goldLanguages.get(id), id));
    }

    private static Set<String> questionIds(TestCollection collection, String language) {
        return collection.questions().stream()
                .filter(q -> q.language().equals(language))
                .map(Question::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void paragraphsHaveThreeToFiveSentences() throws IOException {
        for (String language : LANGUAGES) {
            List<JsonNode> paragraphs = paragraphs(language);
            assertTrue(paragraphs.size() >= 24, language + " has only " + paragraphs.size());
            for (JsonNode paragraph : paragraphs) {
                int sentences = paragraph.get("sentences").size();
                assertTrue(sentences >= 3 && sentences <= 5, language + ": " + paragraph.get("context"));
            }
        }
    }

    @Test
    void sentencesAndAnswersEqualTheirSlices() throws IOException {
        for (String language : LANGUAGES) {
            for (JsonNode paragraph : paragraphs(language)) {
                String context = paragraph.get("context").textValue();
                JsonNode breaks = paragraph.get("sentence_breaks");
                for (int i = 0; i < breaks.size(); i++) {
                    int start = breaks.get(i).get(0).intValue();
                    int end = breaks.get(i).get(1).intValue();
                    assertEquals(paragraph.get("sentences").get(i).textValue(), slice(context, start, end), language);
                }
                paragraph.get("qas").forEach(question -> assertAnswer(language, context, breaks, question));
            }
        }
    }

    /** The whole answer stands in one sentence. */
    private static void assertAnswer(String language, String context, JsonNode breaks, JsonNode question) {
        String shown = language + " " + question.get("id").textValue();
        assertEquals(1, question.get("answers").size(), shown);
        JsonNode answer = question.get("answers").get(0);
        String text = answer.get("text").textValue();
        int start = answer.get("answer_start").intValue();
        int end = start + text.codePointCount(0, text.length());
        assertEquals(text, slice(context, start, end), shown);
        int sentences = 0;
        for (JsonNode slice : breaks) {
            sentences += slice.get(0).intValue() <= start && end <= slice.get(1).intValue() ? 1 : 0;
        }
        assertEquals(1, sentences, shown);
    }

    private static String slice(String text, int start, int end) {
        return text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
    }

    private static List<JsonNode> paragraphs(String language) throws IOException {
        try (InputStream in =
                SampleTest.class.getResourceAsStream("/org/hybridir/collection/sample/" + language + ".json")) {
            assertNotNull(in, language);
            List<JsonNode> paragraphs = new ArrayList<>();
            for (JsonNode article : new ObjectMapper().readTree(in).get("data")) {
                article.get("paragraphs").forEach(paragraphs::add);
            }
            return paragraphs;
        }
    }
}
