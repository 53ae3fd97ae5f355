package org.hybridir.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hybridir.encoder.ArtifactChange;
import org.hybridir.encoder.TinyArtifacts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityCommandTest {
    @TempDir
    static Path temp;

    private static String encoder;

    @BeforeAll
    static void makeEncoder() throws IOException {
        encoder = TinyArtifacts.bert(temp, "tiny").toString();
    }

    @Test
    void printsEachPrecisionAndItsDifferenceToTheFirst() throws IOException {
        Path json = temp.resolve("quality.json");
        CommandRun run = CommandRun.of(
                "quality",
                "--encoder",
                encoder,
                "--languages",
                "de,en",
                "--precisions",
                "fp32,int8",
                "--json",
                "" + json);
        assertEquals(0, run.exitCode(), run.err());
        JsonNode result = new ObjectMapper().readTree(json.toFile());
        JsonNode exact = result.path("precisions").path(0);
        JsonNode narrow = result.path("precisions").path(1);
        assertEquals("fp32", exact.path("precision").asText());
        assertEquals("int8", narrow.path("precision").asText());
        assertEquals(1, exact.path("cosine").path("least").asDouble(), 1e-12);
        assertEquals(144 + 208, narrow.path("cosine").path("texts").asInt());
        double mean = narrow.path("cosine").path("mean").asDouble();
        double least = narrow.path("cosine").path("least").asDouble();
        assertTrue(.9 < least && least < mean && mean < 1 - 1e-6, least + " " + mean);
        for (String setting : new String[] {"monolingual", "cross_lingual", "multilingual"}) {
            double before = exact.path("mAP").path(setting).asDouble();
            double after = narrow.path("mAP").path(setting).asDouble();
            assertStandsIn(run.out(), String.format(Locale.ROOT, "%.4f", before));
            assertStandsIn(run.out(), String.format(Locale.ROOT, "%+.4f", after - before));
        }
        assertTrue(exact.path("rank_distance").asDouble() > 0);
    }

    @Test
    void isTheEvaluationOfTheEncoder() throws IOException {
        Path quality = temp.resolve("q.json");
        Path evaluation = temp.resolve("e.json");
        CommandRun.of(
                "quality",
                "--encoder",
                encoder,
                "--languages",
                "es,zh",
                "--precisions",
                "fp32",
                "--json",
                "" + quality);
        CommandRun.of("evaluate", "--encoder", encoder, "--languages", "es,zh", "--json", "" + evaluation);
        JsonNode settings = new ObjectMapper().readTree(evaluation.toFile()).at("/report/settings");
        JsonNode found = new ObjectMapper().readTree(quality.toFile()).at("/precisions/0");
        assertEquals(
                settings.at("/multilingual/mean/AP").asDouble(-1),
                found.at("/mAP/multilingual").asDouble(-2));
        assertEquals(
                settings.at("/multilingual/mean/RankDistance").asDouble(-1),
                found.at("/rank_distance").asDouble(-2));
    }

    @Test
    void choosesWhatInt8Keeps() throws IOException {
        String own = TinyArtifacts.bert(temp, "choosing").toString();
        CommandRun run = CommandRun.of(
                "quality", "--encoder", own, "--languages", "en", "--precisions", "int8", "--choose", "1");
        assertEquals(0, run.exitCode(), run.err());
        assertStandsIn(run.out(), "int8 keeps from 8 bits: [encoder.layer.");
        CommandRun none = CommandRun.of(
                "quality", "--encoder", own, "--languages", "en", "--precisions", "int8", "--choose", "0.5");
        assertStandsIn(none.out(), "int8 need keep no product from 8 bits");
    }

    /** Nothing is encoded first: after hours in fp32 it would be too late to say so. */
    @Test
    void whatDoesNotOpenIsSaidBeforehand() throws IOException {
        Path own = TinyArtifacts.bert(temp, "unopened");
        ArtifactChange.keepFromInt8(own, List.of("pooler"));
        CommandRun run =
                CommandRun.of("quality", "--encoder", "" + own, "--languages", "en", "--precisions", "fp32,int8");
        assertEquals(1, run.exitCode(), run.err());
        assertTrue(run.err().startsWith("error: [hybrid_ir.json] keeps the products [pooler] from int8"), run.err());
        assertEquals("", run.out());
    }

    @Test
    void wrongArgumentsAreRefused() {
        refused("--precisions: unknown precision [int4], allowed are [fp32, bf16, int8, auto]", "--precisions", "int4");
        refused(
                "--collection: [tatoeba] has no rankings to compare; name another collection",
                "--collection",
                "tatoeba",
                "--path",
                "" + temp);
        refused("--choose: the cosine must be above [0] and at most [1], not [2.0]", "--choose", "2");
        refused("--json: the folder of", "--json", "" + temp.resolve("none/x.json"));
    }

    private static void refused(String message, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "quality";
        all[1] = "--encoder";
        all[2] = encoder;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        CommandRun run = CommandRun.of(all);
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains(message), run.err());
    }

    private static void assertStandsIn(String text, String part) {
        assertTrue(text.contains(part), part + " stands in\n" + text);
    }
}
