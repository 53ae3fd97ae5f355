package org.hybridir.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.hybridir.collection.CollectionSource;
import org.hybridir.collection.Passage;
import org.hybridir.collection.Question;
import org.hybridir.collection.TestCollection;
import org.junit.jupiter.api.Test;

class LeakageTest {
    private static final String SENTENCE =
            "The harbour was dredged twice in 1907, so that larger ships could reach the granaries behind the old customs house.";
    private static final String HINDI =
            "\u092A\u0941\u0930\u093E\u0928\u0947 \u092C\u0902\u0926\u0930\u0917\u093E\u0939 \u0915\u0940 \u0916\u0941\u0926\u093E\u0908 \u0926\u094B \u092C\u093E\u0930"
                    + " \u0915\u0940 \u0917\u0908 \u0924\u093E\u0915\u093F \u092C\u0921\u093C\u0947 \u091C\u0939\u093E\u091C\u093C \u0905\u0902\u0926\u0930 \u0906"
                    + " \u0938\u0915\u0947\u0902";
    private static final String CHINESE =
            "\u65E7\u6E2F\u53E3\u5728\u4E00\u5E74\u5185\u758F\u6D5A\u4E86\u4E24\u6B21\uFF0C\u597D\u8BA9\u66F4\u5927\u7684\u8239\u53EA\u9A76\u5230\u6D77\u5173\u540E\u9762\u7684\u7CAE\u4ED3";

    private static TestCollection passages(String... texts) {
        List<Passage> passages = new ArrayList<>();
        for (String text : texts) {
            passages.add(new Passage("p" + passages.size(), "en", "T", text, List.of()));
        }
        return new TestCollection("held", List.of("en"), List.of(), passages);
    }

    private static TrainingData data(String query, String passage) {
        return TrainingData.of(List.of(
                new DataSet("x", List.of(new Pair(query, passage, "en", "en", "g", "x")), OptionalDouble.empty())));
    }

    private static boolean found(String evaluation, String training) {
        return Leakage.check(data("Something else?", training), passages(evaluation))
                .found();
    }

    @Test
    void normalised() {
        assertEquals(
                "stra\u00DFe 1 2 km".replace("\u00DF", "ss"), Shingles.normalise(" STRA\u00DFE \u2013 1,2\u00A0km! "));
        assertEquals("\u03BF\u03B4\u03BF\u03C3", Shingles.normalise("\u039F\u0394\u039F\u03A3"));
        assertEquals("\u03BF\u03B4\u03BF\u03C3", Shingles.normalise("\u03BF\u03B4\u03BF\u03C2."));
        assertEquals("abc 12", Shingles.normalise("\uFF21\uFF22\uFF23\uFF0C\uFF11\uFF12"));
        assertEquals("", Shingles.normalise("?! \u2026"));
        assertTrue(Shingles.normalise(HINDI).contains("\u0916\u0941\u0926\u093E\u0908"), "vowel signs stay");
    }

    @Test
    void exactly() {
        LeakageReport report = Leakage.check(data("why", "Other text."), passages("WHY?!", "Why not?"));
        assertEquals(new LeakageReport.Found(2, 1, 0), report.passages());
        assertEquals(1, report.leakingPairs());
        assertEquals(
                List.of(new LeakageReport.Example("passage", "p0", "en", "WHY?!", "x", "why", 1)), report.examples());
    }

    @Test
    void insideAParagraph() {
        for (String text : List.of(SENTENCE, HINDI, CHINESE)) {
            String paragraph =
                    "At first nothing happened for years. " + text + " " + text.substring(0, 8) + " After that"
                            + " the town grew beyond its walls, and many more people came to live in it than anyone had expected.";
            assertTrue(found(text, paragraph), text);
            assertTrue(found(text, text.replaceAll("[\\p{P} ]+", "  ") + " so."), text);
            assertFalse(found(text, paragraph.replace(text, text.substring(text.length() / 2))), text);
        }
    }

    @Test
    void withAWordChanged() {
        String changed =
                "Then, the harbour was dredged twice in 1907 so that bigger ships could reach the granaries behind"
                        + " the old customs house again.";
        LeakageReport report = Leakage.check(data("Something else?", changed), passages(SENTENCE));
        assertEquals(new LeakageReport.Found(1, 0, 1), report.passages());
        double share = report.examples().get(0).share();
        assertTrue(share >= 0.8 && share < 1, "share " + share);
        assertFalse(found(SENTENCE, changed.replace("1907", "1911")), "another number");
        assertFalse(Leakage.check(data("Something else?", changed), passages(SENTENCE), 0.99)
                .found());
    }

    @Test
    void scatteredShinglesAreNoStretch() {
        String gap = " x".repeat(400) + " ";
        assertFalse(found(SENTENCE, SENTENCE.substring(0, 60) + gap + SENTENCE.substring(55)));
        assertTrue(found(SENTENCE, gap + SENTENCE + gap));
    }

    @Test
    void shortTextsMustBeWholeAndVeryShortOnesTheSame() {
        String question = "Who is the president of the university of Ulm?";
        assertTrue(found(question, "They asked: who is the president of the university of Ulm? Nobody knew."));
        assertFalse(found(question, "Who is the president of the university of Bonn?"));
        assertFalse(found("In the year 1907.", "It was built in the year 1907."));
    }

    @Test
    void questionsCountApartAndPairsCanBeLeftOut() {
        TestCollection collection = new TestCollection(
                "held",
                List.of("en"),
                List.of(new Question("q", "en", "When was the harbour dredged?")),
                List.of(new Passage("p", "en", "T", SENTENCE, List.of("q"))));
        List<Pair> pairs = List.of(
                new Pair("When was the harbour dredged?", "In 1907.", "en", "en", "1", "x"),
                new Pair("What happened?", "It seems that " + SENTENCE, "en", "en", "2", "x"),
                new Pair("What else?", "Nothing.", "en", "en", "3", "x"));
        TrainingData data = TrainingData.of(List.of(new DataSet("x", pairs, OptionalDouble.empty())));
        LeakageReport report = Leakage.check(data, collection);
        assertEquals(new LeakageReport.Found(1, 0, 1), report.passages());
        assertEquals(new LeakageReport.Found(1, 1, 0), report.questions());
        assertEquals(2, report.pairs().get("x"));
        assertEquals(List.of(pairs.get(2)), Leakage.without(data, collection).all());
        Exception e = assertThrows(LeakageException.class, () -> Leakage.requireNone(data, collection));
        assertEquals(
                "the training data holds [1] of the [1] passages and [1] of the [1] questions of [held], in [2] pairs; for"
                        + " instance question [q] (en) \"When was the harbour dredged?\" in data set [x]: \"When was the"
                        + " harbour dredged?\". What is measured on this collection would say too much: leave those pairs"
                        + " out with --drop-leakage, measure on another collection, or train all the same with --allow-leakage",
                e.getMessage());
        Leakage.requireNone(Leakage.without(data, collection), collection);
    }

    /** LAReQA's own pairs, all of which must be found; where the property says that the files are. */
    @Test
    void realCollections() throws IOException {
        String folder = System.getProperty("data", "");
        assumeFalse(folder.isEmpty(), "give -Ddata=DIR, the folder that holds xquad-r");
        TestCollection collection = CollectionSource.XQUAD_R.read(Path.of(folder));
        Path files = Path.of(folder).resolve(CollectionSource.XQUAD_R.key());
        DataSet set = DataSource.of("lareqa:" + files + ",pairs=monolingual").read();
        assertEquals(13_090, set.pairs().size());
        LeakageReport report = Leakage.check(TrainingData.of(List.of(set)), collection);
        assertEquals(13_090, report.questions().exact());
        assertEquals(13_090, report.leakingPairs());
        assertEquals(143_990, DataSource.of("lareqa:" + files).read().pairs().size());
    }

    @Test
    void theThresholdIsAShare() {
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> Leakage.check(data("q", "p"), passages("a"), 1.2));
        assertEquals("the threshold of leakage must be above 0 and at most 1, but is [1.2]", e.getMessage());
    }

    /** Few letters, so that many shingles are shared; against the definition, window by window. */
    @Test
    void theIndexMissesNothing() {
        Random random = new Random(4);
        int hits = 0;
        for (int round = 0; round < 40; round++) {
            String[] evaluation = new String[20];
            for (int i = 0; i < evaluation.length; i++) {
                evaluation[i] = letters(random, 30 + random.nextInt(60));
            }
            EvaluationTexts index = new EvaluationTexts(passages(evaluation), 0.7);
            for (int i = 0; i < 20; i++) {
                String training = letters(random, random.nextInt(40))
                        + changed(evaluation[random.nextInt(evaluation.length)], random)
                        + letters(random, random.nextInt(40));
                Set<Integer> expected = new HashSet<>();
                for (int e = 0; e < evaluation.length; e++) {
                    if (naive(evaluation[e], training, 0.7)) {
                        expected.add(e);
                    }
                }
                hits += expected.size();
                assertEquals(
                        expected,
                        index.matches(training).stream()
                                .map(EvaluationTexts.Match::text)
                                .collect(Collectors.toSet()));
            }
        }
        assertTrue(hits > 100 && hits < 700, "a fixture that decides: " + hits);
    }

    private static String letters(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }

    private static String changed(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(4); i > 0; i--) {
            changed.setCharAt(random.nextInt(changed.length()), 'd');
        }
        return changed.toString();
    }

    private static boolean naive(String evaluation, String training, double threshold) {
        Set<String> wanted = shingles(evaluation, 0, evaluation.length() - 4);
        if (evaluation.equals(training)) {
            return true;
        }
        if (evaluation.length() < 36) {
            return false;
        }
        double needed = evaluation.length() < 60 ? wanted.size() : threshold * wanted.size();
        int longest = (int) Math.ceil(1.5 * (evaluation.length() - 4));
        for (int from = 0; from < training.length() - 4; from++) {
            Set<String> held = shingles(training, from, Math.min(from + longest, training.length() - 4));
            held.retainAll(wanted);
            if (held.size() >= needed) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> shingles(String text, int from, int to) {
        Set<String> shingles = new HashSet<>();
        for (int i = from; i < to; i++) {
            shingles.add(text.substring(i, i + 5));
        }
        return shingles;
    }
}
