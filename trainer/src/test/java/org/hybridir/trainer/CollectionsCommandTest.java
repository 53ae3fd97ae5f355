package org.hybridir.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hybridir.collection.TextFolder;
import org.hybridir.encoder.TinyArtifacts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections other than LAReQA's, from files to numbers. */
class CollectionsCommandTest {
    @TempDir
    static Path temp;

    private static String encoder;

    @BeforeAll
    static void makeEncoder() throws IOException {
        encoder = TinyArtifacts.bert(temp, "tiny").toString();
    }

    private static CommandRun evaluate(String... more) {
        List<String> arguments = new ArrayList<>(List.of("evaluate", "--encoder", encoder));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void beirAndItsRunMeasureAlike(@TempDir Path folder) throws IOException {
        TextFolder.beir(folder);
        Path json = temp.resolve("beir.json");
        Path run = temp.resolve("beir.run");
        Path qrels = temp.resolve("beir.qrels");
        CommandRun done =
                evaluate("--collection=beir", "--path=" + folder, "--json=" + json, "--run=" + run, "--qrels=" + qrels);
        assertEquals(0, done.exitCode(), done.err());
        assertTrue(done.out().contains("2 questions, 2 passages, languages en"), done.out());
        assertTrue(done.out().contains("Left out: 1 documents without text"), done.out());
        assertTrue(
                done.out().contains("WARNING: the corpus is not the whole one; measures come out higher"), done.out());
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertEquals(
                1, report.path("left_out").path("questions without a judgement").asInt());
        JsonNode mean = report.findValue("monolingual").path("mean");
        assertEquals(2, mean.path("rankings").asInt());
        assertEquals(4, Files.readAllLines(run).size());
        assertEquals("q1 0 d1 2\nq3 0 d2 1\n", Files.readString(qrels));
        CommandRun measured = CommandRun.of(
                "measure", "--run=" + run, "--qrels=" + qrels, "--measures=nDCG@10,R@100,RR", "--per-query");
        assertEquals(0, measured.exitCode(), measured.err());
        String means = String.format(
                Locale.ROOT,
                "mean   %.4f  %.4f  %.4f",
                mean.path("nDCG@10").asDouble(),
                mean.path("R@100").asDouble(),
                mean.path("RR").asDouble());
        assertTrue(measured.out().contains(means), means + " stands in\n" + measured.out());
        assertTrue(measured.out().contains("\nq3 "), measured.out());
    }

    @Test
    void aLongDocumentIsSplit(@TempDir Path folder) throws IOException {
        TextFolder.beir(folder)
                .with(
                        "corpus.jsonl",
                        "{\"_id\": \"d1\", \"text\": \"" + "the river flows north. ".repeat(200) + "\"}",
                        "{\"_id\": \"d2\", \"text\": \"A lake.\"}");
        CommandRun split = evaluate("--collection=beir", "--path=" + folder, "--best-passages=2");
        assertEquals(0, split.exitCode(), split.err());
        assertTrue(split.out().contains(" of 2 documents"), split.out());
        assertTrue(split.out().contains("Cut at the encoder's limit: 0 passages"), split.out());
        CommandRun cut = evaluate("--collection=beir", "--path=" + folder, "--long-documents=cut");
        assertTrue(cut.out().contains("2 questions, 2 passages,"), cut.out());
        assertTrue(cut.out().contains("Cut at the encoder's limit: 1 passages"), cut.out());
    }

    @Test
    void tatoebaGivesBothDirections(@TempDir Path folder) throws IOException {
        // the tiny encoder gives equal texts equal vectors: each line finds itself, but for the second of two equal
        // ones
        new TextFolder(folder)
                .with("tatoeba.deu-eng.deu", "river", "lake", "lake")
                .with("tatoeba.deu-eng.eng", "river", "lake", "lake")
                .with("tatoeba.fra-eng.fra", "north", "river")
                .with("tatoeba.fra-eng.eng", "north", "river");
        Path json = temp.resolve("tatoeba.json");
        CommandRun run = evaluate("--collection=tatoeba", "--path=" + folder, "--json=" + json);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("deu               3     66.7     66.7"), run.out());
        assertTrue(run.out().contains("mean                    83.3     83.3"), run.out());
        JsonNode bitext = new ObjectMapper().readTree(json.toFile()).path("bitext");
        assertEquals(
                2 / 3.0, bitext.path("languages").path("deu").path("to_english").asDouble(), 1e-12);
        assertEquals(2, bitext.path("languages").path("fra").path("sentences").asInt());
    }

    @Test
    void whatDoesNotFitIsRefused(@TempDir Path folder) throws IOException {
        new TextFolder(folder).with("tatoeba.deu-eng.deu", "a").with("tatoeba.deu-eng.eng", "a");
        assertRefused(
                "measured by the accuracy of the nearest neighbour",
                "--collection=tatoeba",
                "--path=" + folder,
                "--measures=AP");
        assertRefused(
                "--languages: unknown language [tlh], [" + folder + "] has [deu]",
                "--collection=tatoeba",
                "--path=" + folder,
                "--languages=tlh");
        assertRefused(
                "it looks like a Tatoeba folder ([tatoeba.deu-eng.deu] is there): use --collection tatoeba",
                "--collection=beir",
                "--path=" + folder);
        assertRefused("at least its best [1] passage, not [0]", "--best-passages=0");
        assertRefused(
                "--best-passages: [3] passages of a document count only where documents are split, and with [sample] and"
                        + " --long-documents split none is",
                "--best-passages=3");
        assertRefused(
                "--measures: [RankDistance] says nothing in [monolingual]; add one of [multilingual], or leave it out",
                "--settings=monolingual",
                "--measures=AP,RankDistance");
        assertRefused("--run: the folder of [", "--run=" + folder.resolve("none/run"));
    }

    private static void assertRefused(String message, String... more) {
        CommandRun run = evaluate(more);
        assertTrue(run.exitCode() != 0, run.out());
        assertTrue(run.err().contains(message), run.err());
    }
}
