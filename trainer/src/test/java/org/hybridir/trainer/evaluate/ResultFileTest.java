package org.hybridir.trainer.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {
    @TempDir
    private Path temp;

    private Path file(String json) throws IOException {
        return Files.writeString(temp.resolve("result.json"), json);
    }

    @Test
    void plain() throws IOException {
        assertEquals(
                Map.of("took", 7, "report", Map.of("ids", 2)),
                ResultFile.read(file("{\"took\": 7, \"report\": {\"ids\": 2}}")));
    }

    /** Of what is around the result, only the start. */
    @Test
    void kept() throws IOException {
        Path kept = file("{\"id\": \"a\", \"state\": \"completed\", \"started\": \"2026-03-01T12:00:00Z\","
                + " \"result\": {\"took\": 7}}");
        assertEquals(Map.of("started", "2026-03-01T12:00:00Z", "took", 7), ResultFile.read(kept));
    }

    @Test
    void keptWithoutResult() throws IOException {
        Path running = file("{\"id\": \"a\", \"state\": \"running\"}");
        Exception e = assertThrows(IOException.class, () -> ResultFile.read(running));
        assertEquals(
                "[" + running + "] is an evaluation of state [running], which has no result; give one of state"
                        + " [completed]",
                e.getMessage());
    }
}
