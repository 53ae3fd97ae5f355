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
    private static final RelevantRanks RANKING = new RelevantRanks(new int[] {2, 5, 12}, 20);

    private static final RelevantRanks PERFECT = new RelevantRanks(new int[] {1, 2, 3}, 20);

    @Test
    void averagePrecision() {
        // (1/2 + 2/5 + 3/12) / 3 = (0.5 + 0.4 + 0.25) / 3 = 1.15 / 3
        assertEquals(1.15 / 3, Measures.parse("AP").of(RANKING), EXACT);
        assertEquals(1, Measures.parse("AP").of(PERFECT), EXACT);
        // the last place of all: 1/20
        assertEquals(0.05, Measures.parse("AP").of(new RelevantRanks(new int[] {20}, 20)), EXACT);
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
        assertEquals(0, Measures.parse("RankDistance").of(new RelevantRanks(new int[] {7}, 20)), 0);
    }

    @Test
    void rankDistanceIsMultilingualOnly() {
        assertTrue(new RankDistance().in(Setting.MULTILINGUAL));
        assertFalse(new RankDistance().in(Setting.MONOLINGUAL));
        assertFalse(new RankDistance().in(Setting.CROSS_LINGUAL));
        assertTrue(new AveragePrecision().in(Setting.CROSS_LINGUAL));
    }

    @Test
    void namesParseToThemselves() {
        for (String name : List.of("AP", "RR", "nDCG", "nDCG@10", "nDCG@7", "R@1", "R@100", "RankDistance")) {
            assertEquals(name, Measures.parse(name).name());
        }
        assertEquals(
                List.of("AP", "RR", "nDCG@10", "R@1", "R@10", "RankDistance"),
                Measures.defaults().stream().map(Measure::name).toList());
    }

    @Test
    void otherNamesAreRefused() {
        for (String name : List.of("", "MAP", "ap", "AP@10", "nDCG@", "nDCG@0", "R@-1", "R@01", "R", "R@9999999999")) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> Measures.parse(name));
            assertEquals(
                    "unknown measure [" + name + "], known ones [AP, RR, nDCG, nDCG@k, R@k, RankDistance], where k is a"
                            + " whole number from 1 on",
                    e.getMessage());
        }
    }

    @Test
    void settingsByKey() {
        assertEquals(Setting.CROSS_LINGUAL, Setting.parse("cross_lingual"));
        Exception e = assertThrows(IllegalArgumentException.class, () -> Setting.parse("cross"));
        assertEquals("unknown setting [cross], known ones [monolingual, cross_lingual, multilingual]", e.getMessage());
    }

    @Test
    void badRanksAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RelevantRanks(new int[] {}, 3));
        assertThrows(IllegalArgumentException.class, () -> new RelevantRanks(new int[] {0}, 3));
        assertThrows(IllegalArgumentException.class, () -> new RelevantRanks(new int[] {2, 2}, 3));
        Exception e = assertThrows(IllegalArgumentException.class, () -> new RelevantRanks(new int[] {1, 4}, 3));
        assertEquals("ranks must ascend from 1 to the size of the pool [3], but [4] follows [1]", e.getMessage());
    }
}
