package org.hybridir.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file with a JSON object on each line; blank lines are passed over. */
public final class JsonLines {
    /** Python writes a missing number as NaN, which is no JSON; AfriQA has it where a passage is missing. */
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build()
            .readerFor(JsonNode.class);

    private JsonLines() {}

    /** What is done with an object. */
    @FunctionalInterface
    public interface ObjectHandler {
        void object(Line line) throws IOException;
    }

    /** An object and where it stands; errors name it. */
    public record Line(Path file, int number, JsonNode object) {
        /** The text of a field that must be there; null if its value is null or NaN. A number is given as written. */
        public String text(String field, String remedy) throws FormatException {
            JsonNode value = object.get(field);
            if (value == null) {
                List<String> found = new ArrayList<>();
                object.fieldNames().forEachRemaining(found::add);
                throw wrong("there is no field [" + field + "], only " + found + remedy);
            }
            if (value.isContainerNode()) {
                throw wrong("field [" + field + "] must be a string, but is [" + value + "]");
            }
            return value.isTextual() || value.isIntegralNumber() ? value.asText() : null;
        }

        /** As above, of a field that needs no explanation. */
        public String text(String field) throws FormatException {
            return text(field, "");
        }

        public FormatException wrong(String what) {
            return new FormatException("[" + file + "], line [" + number + "]: " + what);
        }
    }

    public static void read(Path file, ObjectHandler handler) throws IOException {
        TextFile.read(file, (number, text) -> {
            if (!text.isBlank()) {
                handler.object(new Line(file, number, parse(file, number, text)));
            }
        });
    }

    private static JsonNode parse(Path file, int number, String text) throws FormatException {
        try {
            JsonNode node = READER.readTree(text);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new FormatException(
                    "[" + file + "], line [" + number + "] is no JSON object: " + e.getOriginalMessage(), e);
        }
        throw new FormatException(
                "[" + file + "], line [" + number + "] is no JSON object, but [" + shortened(text) + "]");
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
