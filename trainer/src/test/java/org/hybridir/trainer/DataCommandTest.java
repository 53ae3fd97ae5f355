package org.hybridir.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.hybridir.collection.LareqaReader;
import org.hybridir.collection.Question;
import org.hybridir.encoder.TinyArtifacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
    @TempDir
    private Path folder;

    private String parallel() throws IOException {
        Files.createDirectories(folder.resolve("news"));
        Files.writeString(folder.resolve("news/x.de"), "Guten Morgen.\nGute Nacht.\n");
        Files.writeString(folder.resolve("news/x.en"), "Good morning.\nGood night.\n");
        return "lines:" + folder.resolve("news");
    }

    private String questions(String... questions) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String question : questions) {
            lines.append(new ObjectMapper()
                            .createObjectNode()
                            .put("query", question)
                            .put("passage", "An answer."))
                    .append('\n');
        }
        Files.writeString(folder.resolve("own.jsonl"), lines);
        return "jsonl:" + folder.resolve("own.jsonl") + ",language=en";
    }

    /** The tiny tokenizer knows "the", "river" and "water" as whole words; each text has two special tokens besides. */
    @Test
    void lengthsInTokensOfAnEncoder() throws IOException {
        Path file = folder.resolve("words.jsonl");
        Files.writeString(file, "{\"query\": \"the river\", \"passage\": \"the water the river\"}\n");
        Path encoder = TinyArtifacts.bert(folder, "tiny");
        CommandRun run =
                CommandRun.of("data", "--data", "jsonl:" + file + ",language=en", "--encoder", encoder.toString());
        assertEquals(0, run.exitCode(), run.err());
        String[] lines = run.out().split("\n");
        int at = Arrays.asList(lines)
                .indexOf(Arrays.stream(lines)
                        .filter(line -> line.startsWith("tokens"))
                        .findFirst()
                        .orElseThrow());
        assertEquals("words 4 4 4 6 6 6", lines[at + 1].strip().replaceAll(" +", " "));
    }

    @Test
    void printsWhatIsInTheDataAndWritesTheSameAsJson() throws IOException {
        Path json = folder.resolve("data.json");
        CommandRun run = CommandRun.of(
                "data", "--data", parallel(), "--data", questions("Why?", "Why?", " "), "--json", "" + json);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("""
                data set  pairs  monolingual  cross-lingual  duplicates  clusters  largest cluster
                news          4            -              4           -         2                2
                own           2            2              -           1         1                2
                all           6            2              4           1         3                2

                             queries             passages
                code points   median  95 %  max    median  95 %  max
                news              11    13   13        11    13   13
                own                4     4    4        10    10   10
                all               11    13   13        11    13   13

                Pairs of news by language
                query \\ passage  de  en
                de                -   2
                en                2   -

                Pairs of own by language
                query \\ passage  en
                en                2

                Pairs of all by language
                query \\ passage  de  en
                de                -   2
                en                2   2

                Left out of own: 1 (query without text)
                """, run.out().replace(System.lineSeparator(), "\n"));
        JsonNode written = new ObjectMapper().readTree(json.toFile());
        assertTrue(written.path("fingerprint").asText().matches("[0-9a-f]{64}"));
        JsonNode all = written.path("summaries").path(2);
        assertEquals(6, all.path("pairs").asInt());
        assertEquals(2, all.path("languages").path("de").path("en").asInt());
        assertEquals(
                1,
                written.path("left_out").path("own").path("query without text").asInt());
    }

    @Test
    void showsLeakage() throws IOException {
        Question question = LareqaReader.readSample().questions().get(0);
        Path json = folder.resolve("data.json");
        CommandRun run =
                CommandRun.of("data", "--data", questions(question.text()), "--against", "sample", "--json", "" + json);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("Leakage: the data holds texts of sample\n"), run.out());
        assertTrue(run.out().contains("in pairs of own: 1\n"), run.out());
        assertTrue(run.out().contains("question [" + question.id() + "]"), run.out());
        JsonNode leakage = new ObjectMapper().readTree(json.toFile()).path("leakage");
        assertEquals(1, leakage.path("questions").path("exact").asInt());
        run = CommandRun.of("data", "--data", parallel(), "--against", "sample");
        assertTrue(run.out().contains("No passage or question of sample stands in the data."), run.out());
    }

    @Test
    void manyLanguagesAreListed() throws IOException {
        Files.createDirectories(folder.resolve("many"));
        for (String language : "ar,bn,de,el,en,es,fa,fi,fr,hi,hu,id,ja,ko,ru".split(",")) {
            Files.writeString(folder.resolve("many/x." + language), "in " + language + "\n");
        }
        CommandRun run = CommandRun.of("data", "--data", "lines:" + folder.resolve("many"));
        assertTrue(run.out().contains("language  monolingual  queries  passages\n"), run.out());
        assertTrue(run.out().contains("ko                  -       14        14\n"), run.out());
    }

    @Test
    void namesWhatItDoesNotKnow() throws IOException {
        refused(2, "--data: unknown format [xml], known ones [jsonl", "--data", "xml:x");
        refused(2, "--against: unknown collection [x]", "--data", parallel(), "--against", "x");
        refused(2, "--path is the folder of the collection in --against", "--data", parallel(), "--path", "x");
        refused(2, "--json: the folder of [/no/x.json] is not there", "--data", parallel(), "--json", "/no/x.json");
        refused(1, "two data sets are named [news]; give one", "--data", parallel(), "--data", parallel());
        refused(1, "there is no file or folder [/no/such]", "--data", "mlqa:/no/such");
    }

    private static void refused(int exitCode, String message, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "data";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        CommandRun run = CommandRun.of(all);
        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue(run.err().contains(message), run.err());
    }
}
