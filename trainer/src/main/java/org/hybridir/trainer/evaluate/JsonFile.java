package org.hybridir.trainer.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.UUID;

/** Writes results, whole or not at all: plain maps as indented JSON, and texts; and reads them. */
public final class JsonFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonFile() {}

    /** @throws IOException if the file holds no JSON object: names it */
    public static Map<String, Object> read(Path file) throws IOException {
        try {
            return JSON.readValue(file.toFile(), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IOException("[" + file + "] is no JSON object: " + e.getOriginalMessage(), e);
        } catch (FileNotFoundException e) {
            throw new NoSuchFileException(file.toString());
        }
    }

    /** Replaces the file if it is there. Its folder must be. */
    public static void write(Path file, Map<String, Object> values) throws IOException {
        replace(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(values));
    }

    /** Replaces the file by a text in UTF-8, such as the table or chart that belongs to a JSON file. */
    public static void writeText(Path file, String text) throws IOException {
        replace(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        // not createTempFile, whose files only their owner may read: a page is for others
        Path temporary = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(temporary, bytes);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
