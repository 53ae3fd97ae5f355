package org.hybridir.trainer.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hybridir.trainer.evaluate.JsonFile;

/** {@code metrics.jsonl}: a line for each step and each validation, in their order. */
public final class MetricsFile implements TrainingListener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    /**
     * @param file continued if it is there
     * @param from the step that the run goes on from; what was told after it is told anew, so it is dropped
     */
    public MetricsFile(Path file, long from) throws IOException {
        this.file = file;
        List<String> kept = new ArrayList<>();
        if (from > 0 && Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                if (step(line) <= from) {
                    kept.add(line + "\n");
                }
            }
        }
        JsonFile.writeText(file, String.join("", kept));
    }

    private static long step(String line) {
        try {
            return JSON.readTree(line).path("step").asLong(Long.MAX_VALUE);
        } catch (JsonProcessingException e) {
            // half a line, if the run before was killed
            return Long.MAX_VALUE;
        }
    }

    @Override
    public void stepped(StepReport report) throws IOException {
        append(report.toMap());
    }

    @Override
    public void validated(ValidationReport report) throws IOException {
        append(report.toMap());
    }

    private void append(Map<String, Object> line) throws IOException {
        Files.write(
                file,
                (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** All lines until now. */
    public List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    /** What all steps took, those before a resumption too. */
    public double seconds() throws IOException {
        return lines().stream()
                .mapToDouble(line -> line.path("seconds").asDouble())
                .sum();
    }
}
