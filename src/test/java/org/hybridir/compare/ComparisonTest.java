package org.hybridir.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hybridir.measure.Setting;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private static final String A = result(
            "base",
            "{'de': 10, 'en': 20}",
            "['q1', 'q1', 'q2', 'q2', 'q3', 'q4']",
            "['de', 'en', 'de', 'en', 'de', 'de']",
            "{'AP': {'monolingual': [0.25, 0.75, 0.5, 0.5, 0.25, 1], 'multilingual': [0.5, 0.5, null, null, 0.25, 1]},"
                    + " 'RankDistance': {'multilingual': [12, 14, null, null, 0, 1]}, 'RR': {'monolingual': [1, 1, 1, 1, 1, 1]}}");

    /** Without q4, with q5; questions in another order. */
    private static final String B = result(
            "tuned",
            "{'de': 10, 'en': 20}",
            "['q5', 'q3', 'q2', 'q2', 'q1', 'q1']",
            "['de', 'de', 'en', 'de', 'en', 'de']",
            "{'AP': {'monolingual': [0, 0.5, 0.75, 1, 1, 0.75], 'multilingual': [0, 0.5, null, null, 1, 0.5]},"
                    + " 'RankDistance': {'multilingual': [1, 5, null, null, 2, 4]}}");

    private static String result(String encoder, String pools, String ids, String languages, String measures) {
        return "{'collection': 'toy', 'encoder': {'name': '" + encoder + "'}, 'report': {'pools': {'total': 30,"
                + " 'per_language': " + pools + "}}, 'questions': {'ids': " + ids + ", 'languages': " + languages
                + ", 'measures': " + measures + "}}";
    }

    private static Map<String, Object> json(String text) {
        try {
            return new ObjectMapper().readValue(text.replace('\'', '"'), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static ComparedResult named(String name, String text) {
        return ComparedResult.fromMap(name, json(text));
    }

    private static Comparison compare(List<String> measures, ComparedResult... results) {
        return Comparison.of(List.of(results), measures, PairedTest.standard());
    }

    @Test
    void pairsQuestionsByIdAndLanguage() {
        ComparedPair pair =
                compare(List.of(), named("a", A), named("b", B)).pairs().get(0);
        assertEquals(5, pair.common());
        assertEquals(1, pair.onlyA());
        assertEquals(1, pair.onlyB());
        assertFalse(pair.poolsDiffer());
        // RR is in a only
        assertEquals(
                List.of("AP MONOLINGUAL", "AP MULTILINGUAL", "RankDistance MULTILINGUAL"),
                pair.lines().stream()
                        .map(line -> line.measure() + " " + line.setting())
                        .toList());
        PairedOutcome monolingual = pair.lines().get(0).outcome();
        // a: q1 (.25 + .75) / 2, q2 .5, q3 .25; b: q1 (.75 + 1) / 2, q2 (.75 + 1) / 2, q3 .5
        assertEquals(3, monolingual.questions());
        assertEquals(1.25 / 3, monolingual.meanA(), 1e-15);
        assertEquals(2.25 / 3, monolingual.meanB(), 1e-15);
        // differences -.375 -.375 -.25: two of eight patterns
        assertEquals(.25, monolingual.p());
        assertEquals(-1 / 3.0, monolingual.difference(), 1e-15);
        // the mean of the differences by the root of their variance, 1 / 192
        assertEquals(-Math.sqrt(192) / 3, monolingual.effectSize().orElseThrow(), 1e-12);
        // all three draws are q3 in 1 of 27 cases, none is in 8
        assertEquals(-.375, monolingual.interval().low());
        assertEquals(-.25, monolingual.interval().high());
        // q2 has no value
        assertEquals(2, pair.lines().get(1).outcome().questions());
    }

    @Test
    void meansByLanguage() {
        ComparedPair.Line line = compare(List.of("AP"), named("a", A), named("b", B))
                .pairs()
                .get(0)
                .lines()
                .get(0);
        assertEquals(Setting.MONOLINGUAL, line.setting());
        assertEquals(List.of("de", "en"), List.copyOf(line.perLanguage().keySet()));
        ComparedPair.LanguageMeans german = line.perLanguage().get("de");
        assertEquals(3, german.questions());
        // a: .25 .5 .25; b: .75 1 .5
        assertEquals(1 / 3.0, german.meanA(), 1e-15);
        assertEquals(.75, german.meanB(), 1e-15);
        assertEquals(
                new ComparedPair.LanguageMeans(2, .625, .875),
                line.perLanguage().get("en"));
    }

    /** Three results make three pairs and, with two settings, six hypotheses of AP but three of RankDistance. */
    @Test
    void correctsWithinAMeasure() {
        Comparison comparison = compare(List.of(), named("a", A), named("b", B), named("c", A));
        assertEquals(3, comparison.pairs().size());
        List<ComparedPair.Line> lines = comparison.pairs().stream()
                .flatMap(pair -> pair.lines().stream())
                .toList();
        for (String measure : List.of("AP", "RankDistance")) {
            List<ComparedPair.Line> own = lines.stream()
                    .filter(line -> line.measure().equals(measure))
                    .toList();
            assertEquals(
                    Holm.correct(own.stream().map(line -> line.outcome().p()).toList()),
                    own.stream().map(ComparedPair.Line::corrected).toList());
            assertEquals(measure.equals("AP") ? 6 : 3, own.size());
        }
        // p .25 times six
        assertEquals(1, comparison.pairs().get(0).lines().get(0).corrected());
        // a and c are the same
        assertEquals(1, comparison.pairs().get(1).lines().get(0).outcome().p());
    }

    /** A measure that is named twice is one hypothesis. */
    @Test
    void measureNamedTwice() {
        assertEquals(
                compare(List.of("AP"), named("a", A), named("b", B)).toMap(),
                compare(List.of("AP", "AP"), named("a", A), named("b", B)).toMap());
    }

    /** Three pairs of results, AP in two settings: six tests, the fourth of which is not begun. */
    @Test
    void stopsAtACheckpoint() {
        List<ComparedResult> results = List.of(named("a", A), named("b", B), named("c", A));
        AtomicInteger begun = new AtomicInteger();
        Comparison.of(results, List.of("AP"), PairedTest.standard(), begun::incrementAndGet);
        assertEquals(6, begun.getAndSet(0));
        Exception stop = assertThrows(
                IllegalStateException.class,
                () -> Comparison.of(results, List.of("AP"), PairedTest.standard(), () -> {
                    if (begun.incrementAndGet() == 4) {
                        throw new IllegalStateException("stop");
                    }
                }));
        assertEquals("stop", stop.getMessage());
        assertEquals(4, begun.get());
    }

    @Test
    void mapIsPlain() {
        Map<String, Object> map =
                compare(List.of("AP"), named("a", A), named("b", B)).toMap();
        assertEquals("[results, method, pairs]", map.keySet().toString());
        assertEquals(
                "[{name=a, about=base on toy, questions=6}, {name=b, about=tuned on toy, questions=6}]",
                map.get("results").toString());
        Map<?, ?> pair = (Map<?, ?>) ((List<?>) map.get("pairs")).get(0);
        assertEquals("[a, b, questions, pools_differ, measures]", pair.keySet().toString());
        assertEquals("{compared=5, only_a=1, only_b=1}", pair.get("questions").toString());
        Map<?, ?> settings = (Map<?, ?>) ((Map<?, ?>) pair.get("measures")).get("AP");
        assertEquals("[monolingual, multilingual]", settings.keySet().toString());
        Map<?, ?> line = (Map<?, ?>) settings.get("monolingual");
        assertEquals(
                "[questions, mean_a, mean_b, difference, interval, effect_size, p, p_holm, per_language]",
                line.keySet().toString());
        assertEquals("[-0.375, -0.25]", line.get("interval").toString());
        // two hypotheses; the other one has p .5 or more
        assertEquals(.5, line.get("p_holm"));
        assertEquals(
                "{questions=2, mean_a=0.625, mean_b=0.875, difference=-0.25}",
                ((Map<?, ?>) line.get("per_language")).get("en").toString());
    }

    @Test
    void printed() {
        String text = ComparisonTable.render(compare(List.of(), named("a", A), named("b", B)));
        assertTrue(text.startsWith("""
                        A = a (base on toy)
                        B = b (tuned on toy)
                        5 questions compared, each language counting; left out: 1 that only A was asked, 1 only B

                        """), text);
        assertTrue(
                text.lines()
                        .anyMatch(
                                line -> line.matches(
                                        "AP monolingual +3 +0\\.4167 +0\\.7500 +-0\\.3333 +\\[-0\\.3750, -0\\.2500] +-4\\.62 +0\\.2500 +0\\.5000")),
                text);
        // q1 13 against 3, q3 0 against 5: differences 10 and -5, deviation 15 / root of 2
        assertTrue(
                text.lines()
                        .anyMatch(
                                line -> line.matches(
                                        "RankDistance multilingual +2 +6\\.5000 +4\\.0000 +\\+2\\.5000 +\\[-5\\.0000, \\+10\\.0000] +\\+0\\.24 +1\\.0000 +1\\.0000")),
                text);
        assertTrue(text.lines().anyMatch(line -> line.matches("en +0\\.6250 +0\\.8750 +-0\\.2500 +.*")), text);
        assertFalse(text.contains("pools differ"), text);
    }

    /** Of the questions of the first result, the second one has one in one language. */
    @Test
    void oneQuestion() {
        ComparedResult other =
                named("b", result("tuned", "{'de': 10, 'en': 20}", "['q1']", "['de']", "{'AP': {'monolingual': [1]}}"));
        String text = ComparisonTable.render(compare(List.of(), named("a", A), other));
        assertTrue(text.contains("\n1 question compared, each language counting; left out: 5 that only A"), text);
    }

    @Test
    void toldIfPoolsDiffer() {
        ComparedResult other = named("b", B.replace("'en': 20", "'en': 21"));
        Comparison comparison = compare(List.of(), named("a", A), other);
        assertTrue(comparison.pairs().get(0).poolsDiffer());
        String text = ComparisonTable.render(comparison);
        assertTrue(
                text.contains("The pools differ, so part of any difference may be theirs: A {de=10, en=20}, B"
                        + " {de=10, en=21}\n"),
                text);
    }

    @Test
    void withoutQuestions() {
        String message =
                "result [a] has no section [questions] with each question's own values; make it anew, offline by"
                        + " [hybrid-ir evaluate --json FILE], in a node by _evaluate with [\"per_question\": true]; a kept one"
                        + " has them, get it with [?per_question=true]";
        for (String text : List.of("{}", "{'questions': {'index': 'x', 'evaluated': 7}}", "{'questions': 3}")) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> named("a", text));
            assertEquals(message, e.getMessage());
        }
    }

    @Test
    void refusals() {
        assertRefused("a comparison needs at least [2] results, not [1]", List.of(), named("a", A));
        assertRefused(
                "two results are named [a]; give each a name of its own", List.of(), named("a", A), named("a", B));
        assertRefused(
                "measure [nDCG] is not in both results [a] and [b]; both have [AP, RankDistance]",
                List.of("nDCG"),
                named("a", A),
                named("b", B));
        assertRefused(
                "results [a] and [b] have no question in common; compare results on the same collection and languages",
                List.of(),
                named("a", A),
                named("b", B.replaceAll("'q([0-9])'", "'p$1'")));
        assertRefused(
                "results [a] and [b] have no measure in common: [AP, RankDistance, RR] and [AP@1, Distance]",
                List.of(),
                named("a", A),
                named("b", B.replace("'AP'", "'AP@1'").replace("'RankDistance'", "'Distance'")));
        Exception e = assertThrows(IllegalArgumentException.class, () -> named("a", A.replace("q2", "q1")));
        assertEquals(
                "result [a] has question [q1] in [de] twice; ask it once, or give the second one an id of its own",
                e.getMessage());
    }

    private static void assertRefused(String message, List<String> measures, ComparedResult... results) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> compare(measures, results));
        assertEquals(message, e.getMessage());
    }
}
