package org.hybridir.trainer.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hybridir.text.FormatException;
import org.hybridir.text.TextFile;

/**
 * A file in SQuAD's format: {@code {"data": [{"paragraphs": [{"context": "..", "qas": [{"id": "..", "question": ".."}]}]}]}}.
 * Answers are not looked at.
 */
final class SquadFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    private SquadFile(Path file) {
        this.file = file;
    }

    /** What is done with a question and its paragraph. */
    interface QuestionHandler {
        /** @param answerable false where SQuAD 2.0 says that the paragraph has no answer */
        void question(String id, String question, String context, boolean answerable);
    }

    static void read(Path path, QuestionHandler handler) throws IOException {
        TextFile.requireNotEmpty(path);
        SquadFile file = new SquadFile(path);
        for (JsonNode article : file.list(file.tree(), "data")) {
            for (JsonNode paragraph : file.list(article, "paragraphs")) {
                String context = file.text(paragraph, "context");
                for (JsonNode question : file.list(paragraph, "qas")) {
                    handler.question(
                            file.text(question, "id"),
                            file.text(question, "question"),
                            context,
                            !question.path("is_impossible").asBoolean(false));
                }
            }
        }
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
