package org.hybridir.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hybridir.encoder.TinyArtifacts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    @TempDir
    static Path temp;

    private static String one;
    private static String other;
    private static String hand;

    /** Two results of the same encoder, in different measures, and one written by hand. */
    @BeforeAll
    static void makeResults() throws IOException {
        Path encoder = TinyArtifacts.bert(temp, "tiny");
        one = evaluate(encoder, "one.json", "AP,RankDistance");
        other = evaluate(encoder, "other.json", "RR,AP");
        hand = Files.writeString(temp.resolve("hand.v2.json"), """
                        {"questions": {"ids": ["x"], "languages": ["de"], "measures": {"AP": {"monolingual": [1]}}}}
                        """).toString();
    }

    private static String evaluate(Path encoder, String file, String measures, String... further) {
        Path json = temp.resolve(file);
        List<String> arguments = new ArrayList<>(List.of(
                "evaluate",
                "--encoder=" + encoder,
                "--collection=sample",
                "--languages=de,tr",
                "--measures=" + measures,
                "--json=" + json));
        arguments.addAll(List.of(further));
        CommandRun run = CommandRun.of(arguments.toArray(new String[0]));
        assertEquals(0, run.exitCode(), run.err());
        return json.toString();
    }

    @Test
    void printsTablesAndWritesTheSameAsJson() throws IOException {
        Path json = temp.resolve("comparison.json");
        CommandRun run = CommandRun.of("compare", one, other, "--json=" + json);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("A = one (tiny on sample)\nB = other (tiny on sample)\n"), run.out());
        assertTrue(run.out().contains("144 questions compared, each language counting\n"), run.out());
        assertTrue(run.out().contains("AP by question language"), run.out());
        JsonNode pair = new ObjectMapper().readTree(json.toFile()).path("pairs").path(0);
        JsonNode multilingual = pair.path("measures").path("AP").path("multilingual");
        assertEquals(72, multilingual.path("questions").asInt());
        // the same encoder: no difference, and no effect size of none
        assertEquals(0, multilingual.path("difference").asDouble(1));
        assertEquals(1, multilingual.path("p").asDouble());
        assertTrue(multilingual.path("effect_size").isNull());
        assertFalse(pair.path("measures").has("RR"));
        assertFalse(pair.path("pools_differ").asBoolean(true));
    }

    @Test
    void anEvaluationThatANodeKept() throws IOException {
        Path kept = temp.resolve("kept.json");
        Files.writeString(
                kept,
                "{\"id\": \"a\", \"started\": \"2026-03-01T12:00:00Z\", \"result\": " + Files.readString(Path.of(one))
                        + "}");
        CommandRun run = CommandRun.of("compare", kept.toString(), other);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("A = kept (tiny on sample)\nB = other (tiny on sample)\n"), run.out());
        assertTrue(run.out().contains("144 questions compared"), run.out());
    }

    @Test
    void namesAndMeasures() {
        CommandRun run = CommandRun.of("compare", one, other, one, "--names=x,y,z", "--measure=AP");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("A = x (tiny on sample)\nB = z (tiny on sample)\n"), run.out());
        assertFalse(run.out().contains("RankDistance"), run.out());
        assertTrue(run.out().contains("for the 3 pairs of results in all settings"), run.out());
    }

    /** The cells are what the evaluation tells of each pair. */
    @Test
    void drawsPairsOfLanguages() throws IOException {
        Path svg = temp.resolve("pairs.svg");
        CommandRun run = CommandRun.of("compare", one, other, "--measure=AP", "--pairs=" + svg);
        assertEquals(0, run.exitCode(), run.err());
        String drawn = Files.readString(svg);
        JsonNode settings = new ObjectMapper()
                .readTree(Path.of(one).toFile())
                .path("report")
                .path("settings");
        JsonNode pair =
                settings.path("cross_lingual").path("per_pair").path("de").path("tr");
        String value =
                String.format(Locale.ROOT, ">%.3f</text>", pair.path("AP").asDouble(-1));
        assertTrue(drawn.split(value, -1).length > 2, value + " once for each result in " + drawn);
        assertTrue(drawn.contains("class=\"title\" x=\"38\" y=\"-32\">one</text>"), drawn);
        assertTrue(drawn.contains("AP of the questions of each language (rows)"), drawn);
    }

    @Test
    void refusals() throws IOException {
        assertRefused("results [one] and [hand.v2] have no question in common", one, hand);
        assertRefused("two results are named [one]; give each a name of its own", one, one);
        assertRefused("--names: [1] names for [2] files; give one for each", one, other, "--names=a");
        assertRefused(
                "there is no file [" + temp.resolve("none.json") + "]",
                one,
                temp.resolve("none.json").toString());
        assertRefused("measure [R@5] is not in both", one, other, "--measure=R@5");
        String text = Files.writeString(temp.resolve("text.json"), "no").toString();
        assertRefused("[" + text + "] is no JSON object", one, text);
        String list = Files.writeString(temp.resolve("list.json"), "[]").toString();
        assertRefused("[" + list + "] is no JSON object", one, list);
        String empty = Files.writeString(temp.resolve("old.json"), "{\"questions\": {\"total\": 3}}")
                .toString();
        assertRefused("result [old] has no section [questions]", one, empty);
        assertRefused("--json: the folder of", one, other, "--json=" + temp.resolve("none/x.json"));
        assertRefused("--pairs: the folder of", one, other, "--pairs=" + temp.resolve("none/x.svg"));
        Path svg = temp.resolve("refused.svg");
        String mono = evaluate(TinyArtifacts.bert(temp, "again"), "mono.json", "AP", "--settings=monolingual");
        assertRefused(
                "result [mono] has no [AP] by pairs of languages; evaluate it with this measure, in the setting"
                        + " cross_lingual",
                one,
                mono,
                "--pairs=" + svg);
        assertFalse(Files.exists(svg));
    }

    private static void assertRefused(String message, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "compare";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        CommandRun run = CommandRun.of(all);
        assertTrue(run.exitCode() != 0, run.out());
        assertTrue(run.err().contains(message), run.err());
    }
}
