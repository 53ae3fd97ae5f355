package org.hybridir.trec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hybridir.collection.TextFolder;
import org.hybridir.measure.Golds;
import org.hybridir.measure.Hit;
import org.hybridir.measure.Measures;
import org.hybridir.measure.RankedQuestion;
import org.hybridir.text.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrecTest {
    @TempDir
    Path folder;

    private Path file(String name, String... lines) throws IOException {
        new TextFolder(folder).with(name, lines);
        return folder.resolve(name);
    }

    @Test
    void aRunIsRankedAsByTrecEval() throws IOException {
        Run run = Run.read(
                file("run", "q1 Q0 a 1 0.5 x", "q1\tQ0\tb\t2\t0.9\tx", "q1 Q0 c 3 0.5 x", "q2 Q0 a 1 -1e-3 x"));
        assertEquals(Map.of("q1", List.of("b", "c", "a"), "q2", List.of("a")), run.rankings());
    }

    @Test
    void malformedLinesAreNamed() throws IOException {
        Path run = file("run", "q1 Q0 a 1 0.5 x", "q1 Q0 a 2 0.4 x");
        Exception e = assertThrows(FormatException.class, () -> Run.read(run));
        assertEquals("[" + run + "], line [2]: document [a] is retrieved twice for question [q1]", e.getMessage());
        file("run", "q1 Q0 a 1 NaN x");
        e = assertThrows(FormatException.class, () -> Run.read(run));
        assertEquals("[" + run + "], line [1]: column [5] must be a number, but is [NaN]", e.getMessage());
        file("run", "q1 a 0.5");
        e = assertThrows(FormatException.class, () -> Run.read(run));
        assertEquals(
                "[" + run
                        + "], line [1]: there are [3] columns, but must be [6]: question, Q0, document, rank, score, tag",
                e.getMessage());
        Path qrels = file("qrels", "q1 0 a 1", "q1 0 a 2");
        e = assertThrows(FormatException.class, () -> Judgements.readTrec(qrels));
        assertEquals("[" + qrels + "], line [2]: document [a] is judged twice for question [q1]", e.getMessage());
    }

    @Test
    void judgementsAreReadAsTheyAreWritten() throws IOException {
        Judgements judgements = Judgements.readTrec(file("qrels", "q1 0 a 2", "q1 Q0 b 0", "q2 0 a 1"));
        assertEquals(Map.of("a", Map.of("q1", 2, "q2", 1)), judgements.relevantByDocument());
        assertEquals(3, judgements.size());
        assertEquals(2, judgements.relevantCount());
        assertEquals(
                judgements,
                Judgements.readTrec(file("again", judgements.toTrec().strip())));
    }

    @Test
    void writtenScoresStrictlyDecrease() throws IOException {
        Path run = folder.resolve("written");
        List<Hit> top =
                List.of(new Hit("a", 0, 0.5f), new Hit("b", 0, 0.5f), new Hit("c", 0, 0.5f), new Hit("d", 0, 0.1f));
        RankedQuestion question = RankedQuestion.counted("q", 0, Golds.of(List.of()), new int[0][], top);
        try (RunWriter writer = new RunWriter(run, "my encoder", q -> "de-" + q.id())) {
            writer.ranked(question);
            assertFalse(Files.exists(run), "before the end");
            writer.finish();
        }
        assertEquals(
                List.of(
                        "de-q Q0 a 1 0.5 my_encoder",
                        "de-q Q0 b 2 0.49999997 my_encoder",
                        "de-q Q0 c 3 0.49999994 my_encoder",
                        "de-q Q0 d 4 0.1 my_encoder"),
                Files.readAllLines(run));
        assertEquals(List.of("a", "b", "c", "d"), Run.read(run).rankings().get("de-q"));
        try (RunWriter writer = new RunWriter(run, "x", RankedQuestion::id)) {
            List<Hit> blank = List.of(new Hit("a b", 0, 1f));
            Exception e = assertThrows(
                    IllegalArgumentException.class,
                    () -> writer.ranked(RankedQuestion.counted("q", 0, Golds.of(List.of()), new int[0][], blank)));
            assertEquals(
                    "document id [a b] has white space, which separates the columns of a TREC run; it cannot be written",
                    e.getMessage());
        }
        try (var left = Files.list(folder)) {
            assertEquals(List.of(run), left.toList());
        }
    }

    /**
     * By hand: q1 finds a (grade 2) on rank 2 and not b (grade 1): AP = (1/2)/2, nDCG = (2/log2 3)/(2 + 1/log2 3) =
     * 1.26186/2.63093; q2 is not in the run; q3 has nothing relevant; q9 is not judged.
     */
    @Test
    void whatWasNotRetrievedCounts() throws IOException {
        Run run = Run.read(file("run", "q1 Q0 x 1 3 t", "q1 Q0 a 2 2 t", "q3 Q0 a 1 1 t", "q9 Q0 a 1 1 t"));
        Judgements judgements = Judgements.readTrec(file("qrels", "q1 0 a 2", "q1 0 b 1", "q2 0 a 1", "q3 0 a 0"));
        RunMeasures result = RunMeasures.of(
                run,
                judgements,
                List.of(Measures.parse("AP"), Measures.parse("nDCG@10"), Measures.parse("R@1"), Measures.parse("RR")));
        assertArrayEquals(new double[] {.25, .4796, 0, .5}, result.perQuestion().get("q1"), 1e-4);
        assertArrayEquals(new double[4], result.perQuestion().get("q2"));
        assertEquals(.125, result.means().get("AP"), 1e-12);
        assertEquals(1, result.missing());
        assertEquals(1, result.withoutRelevant());
        assertEquals(1, result.notJudged());
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> RunMeasures.of(run, judgements, List.of(Measures.parse("RankDistance"))));
        assertEquals(
                "measure [RankDistance] needs the languages of the documents, which a run does not say; evaluate measures it",
                e.getMessage());
        Judgements none = Judgements.readTrec(file("none", "q1 0 a 0"));
        e = assertThrows(
                IllegalArgumentException.class, () -> RunMeasures.of(run, none, List.of(Measures.parse("AP"))));
        assertEquals("no question has a relevant document among the [1] questions with judgements", e.getMessage());
    }
}
