package org.hybridir.encoder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields of the JSON files of artifacts and adapters; what is wrong is said with the file's name. */
public final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private final String file;
    private final JsonNode node;

    private Json(String file, JsonNode node) {
        this.file = file;
        this.node = node;
    }

    /** @param file its name, for messages */
    public static Json read(String file, String text) throws ArtifactException {
        try {
            return new Json(file, MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new ArtifactException("[" + file + "] is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Writes a file for people to read. */
    public static void write(Path file, JsonNode node) throws IOException {
        Files.writeString(file, text(node));
    }

    /** A file for people to read. */
    public static String text(JsonNode node) {
        return node.toPrettyString() + "\n";
    }

    String file() {
        return file;
    }

    JsonNode node() {
        return node;
    }

    Json at(String field) throws ArtifactException {
        JsonNode value = node.path(field);
        if (!value.isContainerNode()) {
            throw wrong(field, "an object or a list", value);
        }
        return new Json(file, value);
    }

    Json at(int index) {
        return new Json(file, node.path(index));
    }

    int size() {
        return node.size();
    }

    /** The field's value, which must be a string. */
    public String string(String field) throws ArtifactException {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw wrong(field, "a string", value);
        }
        return value.textValue();
    }

    /** The field's value, which must be a whole number. */
    public int integer(String field) throws ArtifactException {
        JsonNode value = node.path(field);
        if (!value.isInt()) {
            throw wrong(field, "a whole number", value);
        }
        return value.intValue();
    }

    /** The field's value, which must be a number. */
    public double number(String field) throws ArtifactException {
        JsonNode value = node.path(field);
        if (!value.isNumber()) {
            throw wrong(field, "a number", value);
        }
        return value.doubleValue();
    }

    boolean bool(String field) throws ArtifactException {
        JsonNode value = node.path(field);
        if (!value.isBoolean()) {
            throw wrong(field, "true or false", value);
        }
        return value.booleanValue();
    }

    /** The field's value, which must be a list of strings. */
    public List<String> strings(String field) throws ArtifactException {
        JsonNode value = node.path(field);
        List<String> strings = new ArrayList<>();
        for (JsonNode one : value) {
            strings.add(one.textValue());
        }
        if (!value.isArray() || strings.contains(null)) {
            throw wrong(field, "a list of strings", value);
        }
        return strings;
    }

    private ArtifactException wrong(String field, String allowed, JsonNode value) {
        String found = value.isMissingNode() ? "missing" : value.toString();
        return new ArtifactException("[" + file + "]: [" + field + "] must be " + allowed + ", not [" + found + "]");
    }
}
