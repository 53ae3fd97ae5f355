package org.hybridir.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuresTest {
    private static final double EXACT = 1e-15;
    /** Three relevant passages among twenty, on the ranks 2, 5 and 12. */
    private static final Ranking RANKING = Rankings.binary(20, 2, 5, 12);

    private static final Ranking PERFECT = Rankings.binary(20, 1, 2, 3);

    @Test
    void averagePrecision() {
        // (1/2 + 2/5 + 3/12) / 3 = (0.5 + 0.4 + 0.25) / 3 = 1.15 / 3
        assertEquals(1.15 / 3, Measures.parse("AP").of(RANKING), EXACT);
        assertEquals(1, Measures.parse("AP").of(PERFECT), EXACT);
        // the last place of all: 1/20
        assertEquals(0.05, Measures.parse("AP").of(Rankings.binary(20, 20)), EXACT);
    }

    @Test
    void reciprocalRank() {
        // 1/2
        assertEquals(0.5, Measures.parse("RR").of(RANKING), EXACT);
        assertEquals(1, Measures.parse("RR").of(PERFECT), EXACT);
    }

    @Test
    void ndcgWithCutOff() {
        // DCG@10 = 1/log2(3) + 1/log2(6) = 0.630929753571457 + 0.386852807234542 = 1.017782560805999
        // ideal = 1/log2(2) + 1/log2(3) + 1/log2(4) = 1 + 0.630929753571457 + 0.5 = 2.130929753571457
        // quotient = 0.477623...
        assertEquals(
                1.017782560805999 / 2.130929753571457, Measures.parse("nDCG@10").of(RANKING), 1e-12);
        assertEquals(1, Measures.parse("nDCG@10").of(PERFECT), EXACT);
        // the ideal is cut as well: at 2, DCG = 1/log2(3), ideal = 1 + 1/log2(3): 0.630929753571457 / 1.630929753571457
        assertEquals(
                0.630929753571457 / 1.630929753571457, Measures.parse("nDCG@2").of(RANKING), 1e-12);
        assertEquals(0, Measures.parse("nDCG@1").of(RANKING), 0);
    }

    @Test
    void ndcgWithoutCutOff() {
        // as above plus 1/log2(13) = 0.270238154427320
        assertEquals(
                (1.017782560805999 + 0.270238154427320) / 2.130929753571457,
                Measures.parse("nDCG").of(RANKING),
                1e-12);
    }

    @Test
    void recall() {
        assertEquals(0, Measures.parse("R@1").of(RANKING), 0);
        // one of three, at the cut-off itself
        assertEquals(1.0 / 3, Measures.parse("R@2").of(RANKING), EXACT);
        assertEquals(2.0 / 3, Measures.parse("R@10").of(RANKING), EXACT);
        assertEquals(1, Measures.parse("R@999999999").of(RANKING), 0);
        // not divided by min(k, relevant): one of three
        assertEquals(1.0 / 3, Measures.parse("R@1").of(PERFECT), EXACT);
    }

    @Test
    void rankDistance() {
        // 12 - 2
        assertEquals(10, Measures.parse("RankDistance").of(RANKING), 0);
        assertEquals(2, Measures.parse("RankDistance").of(PERFECT), 0);
        assertEquals(0, Measures.parse("RankDistance").of(Rankings.binary(20, 7)), 0);
    }

    @Test
    void relativeRankDistance() {
        // 10 of 20 places
        assertEquals(0.5, Measures.parse("RelativeRankDistance").of(RANKING), EXACT);
        assertEquals(0, Measures.parse("RelativeRankDistance").of(Rankings.binary(20, 7)), 0);
    }

    @Test
    void maxRank() {
        assertEquals(12, Measures.parse("MaxRank").of(RANKING), 0);
        assertEquals(3, Measures.parse("MaxRank").of(PERFECT), 0);
    }

    @Test
    void precision() {
        // two of ten places; two of three
        assertEquals(0.2, Measures.parse("P@10").of(RANKING), EXACT);
        assertEquals(1.0 / 2, Measures.parse("P@2").of(RANKING), EXACT);
        assertEquals(1, Measures.parse("P@3").of(PERFECT), 0);
        // a pool of 20 has no 100 places; divided by 100 all the same
        assertEquals(0.03, Measures.parse("P@100").of(RANKING), EXACT);
    }

    @Test
    void success() {
        assertEquals(0, Measures.parse("Success@1").of(RANKING), 0);
        assertEquals(1, Measures.parse("Success@2").of(RANKING), 0);
        assertEquals(1, Measures.parse("Success@100").of(RANKING), 0);
    }

    /** Grades 1, 3, 2 on the ranks 1, 3, 4, and a passage of grade 2 that was not retrieved. */
    private static final Ranking GRADED =
            new Ranking(new int[] {1, 3, 4}, new int[] {1, 3, 2, 2}, new int[] {0, 1, 1, 2}, 0, 5, 20);

    @Test
    void ndcgOfGrades() {
        // 1/log2(3) = 0.630929753571457, 1/log2(5) = 0.430676558073393
        // DCG = 1/log2(2) + 3/log2(4) + 2/log2(5) = 1 + 1.5 + 0.861353116146786
        // ideal 3, 2, 2, 1: 3 + 2 * 0.630929753571457 + 2 * 0.5 + 0.430676558073393
        assertEquals(
                3.361353116146786 / (4 + 2 * 0.630929753571457 + 0.430676558073393),
                Measures.parse("nDCG").of(GRADED),
                1e-12);
        // at 2: 1 / (3 + 2 * 0.630929753571457)
        assertEquals(1 / (3 + 2 * 0.630929753571457), Measures.parse("nDCG@2").of(GRADED), 1e-12);
    }

    @Test
    void whatWasNotRetrievedIsMissed() {
        // (1/1 + 2/3 + 3/4) / 4, though three were found
        assertEquals((1 + 2 / 3.0 + 0.75) / 4, Measures.parse("AP").of(GRADED), EXACT);
        assertEquals(0.75, Measures.parse("R@1000").of(GRADED), 0);
        assertEquals(0.003, Measures.parse("P@1000").of(GRADED), EXACT);
        // at least on the sixth place, as five were looked at
        assertEquals(6, Measures.parse("MaxRank").of(GRADED), 0);
        assertEquals(5, Measures.parse("RankDistance").of(GRADED), 0);
        assertEquals(0.25, Measures.parse("RelativeRankDistance").of(GRADED), 0);
    }

    @Test
    void nothingRetrieved() {
        Ranking nothing = new Ranking(new int[0], new int[] {1, 2}, new int[] {0, 1}, 0, 10, 100);
        for (String measure : List.of("AP", "RR", "nDCG", "nDCG@5", "R@10", "P@10", "Success@10", "TLR@10")) {
            assertEquals(0, Measures.parse(measure).of(nothing), 0, measure);
        }
        assertEquals(11, Measures.parse("MaxRank").of(nothing), 0);
        assertEquals(0, Measures.parse("RankDistance").of(nothing), 0);
    }

    @Test
    void recallOfOtherLanguages() {
        // asked in language 0; the others stand on 3, 4 and nowhere
        assertEquals(0, Measures.parse("TLR@1").of(GRADED), 0);
        assertEquals(1 / 3.0, Measures.parse("TLR@3").of(GRADED), EXACT);
        assertEquals(2 / 3.0, Measures.parse("TLR@1000").of(GRADED), EXACT);
        assertTrue(Double.isNaN(Measures.parse("TLR@10").of(RANKING)));
    }

    @Test
    void languageMeasuresAreMultilingualOnly() {
        for (String name : List.of("RankDistance", "RelativeRankDistance", "MaxRank", "TLR@10", "PEER@10")) {
            Measure measure = Measures.parse(name);
            assertTrue(measure.in(Setting.MULTILINGUAL), name);
            assertFalse(measure.in(Setting.MONOLINGUAL), name);
            assertFalse(measure.in(Setting.CROSS_LINGUAL), name);
        }
        assertTrue(new AveragePrecision().in(Setting.CROSS_LINGUAL));
    }

    @Test
    void namesParseToThemselves() {
        for (String name : List.of(
                "AP",
                "RR",
                "nDCG",
                "nDCG@10",
                "nDCG@7",
                "P@5",
                "R@1",
                "R@100",
                "Success@5",
                "TLR@10",
                "PEER@20",
                "RankDistance",
                "RelativeRankDistance",
                "MaxRank")) {
            assertEquals(name, Measures.parse(name).name());
        }
        assertEquals(
                List.of("AP", "RR", "nDCG@10", "R@1", "R@10", "RankDistance"),
                Measures.defaults().stream().map(Measure::name).toList());
    }

    @Test
    void otherNamesAreRefused() {
        for (String name : List.of(
                "", "MAP", "ap", "AP@10", "MaxRank@3", "nDCG@", "nDCG@0", "R@-1", "R@01", "R", "TLR", "R@9999999999")) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> Measures.parse(name));
            assertEquals(
                    "unknown measure [" + name + "], known ones [AP, RR, nDCG, RankDistance, RelativeRankDistance,"
                            + " MaxRank, nDCG@k, P@k, R@k, Success@k, TLR@k, PEER@k], where k is a whole number from 1"
                            + " on",
                    e.getMessage());
        }
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Success(0));
        assertEquals("the cut-off of success must be at least 1, not [0]", e.getMessage());
    }

    @Test
    void settingsByKey() {
        assertEquals(Setting.CROSS_LINGUAL, Setting.parse("cross_lingual"));
        Exception e = assertThrows(IllegalArgumentException.class, () -> Setting.parse("cross"));
        assertEquals("unknown setting [cross], known ones [monolingual, cross_lingual, multilingual]", e.getMessage());
    }

    @Test
    void badRanksAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Rankings.binary(3));
        assertThrows(IllegalArgumentException.class, () -> Rankings.binary(3, 0));
        assertThrows(IllegalArgumentException.class, () -> Rankings.binary(3, 2, 2));
        Exception e = assertThrows(IllegalArgumentException.class, () -> Rankings.binary(3, 1, 4));
        assertEquals("ranks must ascend from 1 to the depth of the ranking [3], but [4] follows [1]", e.getMessage());
        e = assertThrows(
                IllegalArgumentException.class,
                () -> new Ranking(new int[] {1, 2}, new int[] {1}, new int[] {0}, 0, 5, 5));
        assertEquals(
                "need a grade and a language of each relevant passage: ranks [2], grades [1], languages [1]",
                e.getMessage());
    }
}
