package org.hybridir.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hybridir.encoder.TinyArtifacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeCommandTest {
    @Test
    void printsEachLanguageAndWritesTheSameAsJson(@TempDir Path temp) throws IOException {
        StringBuilder dev = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            dev.append("It rains ").append(i).append(".\tIt is wet ").append(i).append(".\tentailment\n");
            dev.append("It rains ").append(i).append(".\tIt is dry ").append(i).append(".\tcontradiction\n");
            dev.append("It rains ").append(i).append(".\tIt is May ").append(i).append(".\tneutral\n");
        }
        Path folder = Files.createDirectory(temp.resolve("xnli"));
        Files.writeString(folder.resolve("dev-en.tsv"), dev);
        Files.writeString(folder.resolve("test-en.tsv"), "He sleeps.\tHe is awake.\nHe sleeps.\tHe rests.\n");
        Files.writeString(folder.resolve("test-de.tsv"), "Er schläft.\tEr ist wach.\nEr schläft.\tEr ruht.\n");
        Files.writeString(folder.resolve("test.labels.txt"), "contradiction\nentailment\n");
        String encoder = TinyArtifacts.bert(temp, "tiny").toString();
        Path json = temp.resolve("probe.json");

        CommandRun run = CommandRun.of("probe", "--encoder", encoder, "--path", "" + folder, "--json", "" + json);

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("a linear probe trained on 30 pairs in [en]"), run.out());
        JsonNode languages = new ObjectMapper().readTree(json.toFile()).path("languages");
        assertEquals(2, languages.path("de").path("pairs").asInt());
        // two pairs: accuracy can be 0, 1/2 or 1, and is that of the languages other than English
        double german = languages.path("de").path("accuracy").asDouble(-1);
        assertEquals(0, 2 * german % 1);
        assertEquals(
                german,
                new ObjectMapper()
                        .readTree(json.toFile())
                        .path("mean_of_others")
                        .asDouble());

        CommandRun refused = CommandRun.of("probe", "--encoder", encoder, "--path", "" + folder, "--languages", "fr");
        assertEquals(2, refused.exitCode());
        assertTrue(
                refused.err().contains("--languages: unknown language [fr], there are test files of [de, en]"),
                refused.err());
    }
}
