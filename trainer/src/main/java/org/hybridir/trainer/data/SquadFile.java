package org.hybridir.trainer.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.hybridir.text.FormatException;
import org.hybridir.text.TextFile;

/**
 * A file in SQuAD's format: {@code {"data": [{"paragraphs": [{"context": "..", "qas": [{"id": "..", "question": "..",
 * "answers": [{"answer_start": 7, "text": ".."}]}]}]}]}}. Answers may be missing, or blank where they are kept secret.
 */
final class SquadFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    private SquadFile(Path file) {
        this.file = file;
    }

    /**
     * A question and its paragraph.
     *
     * @param answerable false where SQuAD 2.0 says that the paragraph has no answer
     * @param answerAt the first answer's place in the context, in code points; empty where no answer is given
     */
    record Question(String id, String text, String context, boolean answerable, OptionalInt answerAt) {}

    /** What is done with a question. */
    interface QuestionHandler {
        void question(Question question);
    }

    static void read(Path path, QuestionHandler handler) throws IOException {
        TextFile.requireNotEmpty(path);
        SquadFile file = new SquadFile(path);
        for (JsonNode article : file.list(file.tree(), "data")) {
            for (JsonNode paragraph : file.list(article, "paragraphs")) {
                String context = file.text(paragraph, "context");
                for (JsonNode question : file.list(paragraph, "qas")) {
                    handler.question(new Question(
                            file.text(question, "id"),
                            file.text(question, "question"),
                            context,
                            !question.path("is_impossible").asBoolean(false),
                            file.answerAt(question, context)));
                }
            }
        }
    }

    private OptionalInt answerAt(JsonNode question, String context) throws FormatException {
        JsonNode answer = question.path("answers").path(0);
        if (answer.path("text").asText("").isBlank()) {
            return OptionalInt.empty();
        }
        int at = answer.path("answer_start").asInt(-1);
        if (at < 0 || at >= context.codePointCount(0, context.length())) {
            throw new FormatException(
                    "[" + file + "]: the answer [" + answer.path("text").asText() + "] of the question ["
                            + question.path("id").asText() + "] has the answer_start ["
                            + answer.path("answer_start").asText("nothing") + "], which is no place in its context");
        }
        return OptionalInt.of(at);
    }

    private JsonNode tree() throws IOException {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new FormatException(
                    "[" + file + "], line [" + e.getLocation().getLineNr() + "] is no JSON: " + e.getOriginalMessage(),
                    e);
        }
    }

    private JsonNode list(JsonNode parent, String field) throws FormatException {
        JsonNode node = parent.path(field);
        if (!node.isArray()) {
            throw wrong(field, "a list");
        }
        return node;
    }

    private String text(JsonNode parent, String field) throws FormatException {
        JsonNode node = parent.path(field);
        if (!node.isTextual() && !node.isIntegralNumber()) {
            throw wrong(field, "a string");
        }
        return node.asText();
    }

    private FormatException wrong(String field, String allowed) {
        return new FormatException(
                "[" + file + "] is not in SQuAD's format: each field [" + field + "] must be there and be " + allowed);
    }
}
