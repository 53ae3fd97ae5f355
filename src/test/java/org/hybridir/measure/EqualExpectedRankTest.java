package org.hybridir.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EqualExpectedRankTest {
    private static double peer(int k, int[] ranks, int[] grades, int[] languages) {
        return new EqualExpectedRank(k).of(new Ranking(ranks, grades, languages, 0, 100, 100));
    }

    private static int[] ones(int n) {
        int[] ones = new int[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** The example in SciPy's documentation of kruskal, 1 3 5 7 9 against 2 4 6 8 10: H = 0.2727, p = 0.6015. */
    @Test
    void isTheKruskalWallisTestWhereRanksHaveNoGaps() {
        int[] ranks = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        int[] languages = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1};
        assertEquals(0.6015081344405895, peer(100, ranks, ones(10), languages), 1e-13);
    }

    /**
     * Ranks 1 and 2 in one language, 5 and 12 in the other: mean 5, means 1.5 and 8.5. Between: 4 * 3.5^2 = 49; in all: 16 +
     * 9 + 0 + 49 = 74. H = 3 * 49 / 74; with one degree of freedom p = erfc(sqrt(H / 2)).
     */
    @Test
    void ranksAreThoseOfTheRanking() {
        double p = peer(100, new int[] {1, 2, 5, 12}, ones(4), new int[] {0, 0, 1, 1});
        assertEquals(ChiSquare.survival(3 * 49 / 74.0, 1), p, 1e-15);
        // a normal variable is farther than 1.40945 from 0 with probability 0.159
        assertEquals(0.159, p, 5e-4);
    }

    /**
     * At 10, the last passage shares the place behind: 10 + (1 + 1) / 2 = 11. Ranks 1, 2, 5, 11: mean 4.75, means 1.5 and 8;
     * between 4 * 3.25^2 = 42.25; in all 14.0625 + 7.5625 + 0.0625 + 39.0625 = 60.75.
     */
    @Test
    void whatStandsBehindTheCutOffSharesARank() {
        double expected = ChiSquare.survival(3 * 42.25 / 60.75, 1);
        int[] languages = {0, 0, 1, 1};
        assertEquals(expected, peer(10, new int[] {1, 2, 5, 12}, ones(4), languages), 1e-15);
        assertEquals(expected, peer(10, new int[] {1, 2, 5, 99}, ones(4), languages), 1e-15);
        assertEquals(expected, peer(10, new int[] {1, 2, 5}, ones(4), languages), 1e-15);
        // a search that looked at ten places only
        Ranking shallow = new Ranking(new int[] {1, 2, 5}, ones(4), languages, 0, 10, 100);
        assertEquals(expected, new EqualExpectedRank(50).of(shallow), 1e-15);
        // two behind: both on 10 + 3 / 2 = 11.5; 1, 2, 11.5, 11.5: means 1.5 and 11.5 around 6.5
        // between 4 * 25 = 100, in all 30.25 + 20.25 + 25 + 25 = 100.5
        assertEquals(ChiSquare.survival(300 / 100.5, 1), peer(10, new int[] {1, 2, 50, 60}, ones(4), languages), 1e-15);
    }

    @Test
    void nothingFoundIsEqualForAll() {
        assertEquals(1, peer(10, new int[] {11, 12, 13, 14}, ones(4), new int[] {0, 0, 1, 1}), 0);
    }

    /** Grade 2 as above; grade 1 perfectly mixed: languages 0 1 1 0 on 3, 4, 6, 7 have the same mean, p = 1. */
    @Test
    void gradesAreTestedApartAndAveraged() {
        int[] ranks = {1, 2, 3, 4, 5, 6, 7, 12};
        int[] grades = {2, 2, 1, 1, 2, 1, 1, 2};
        int[] languages = {0, 0, 0, 1, 1, 1, 0, 1};
        double two = ChiSquare.survival(3 * 49 / 74.0, 1);
        assertEquals((two + 1) / 2, peer(100, ranks, grades, languages), 1e-15);
    }

    @Test
    void noValueWhereTheRanksCannotTell() {
        // one language
        assertTrue(Double.isNaN(peer(100, new int[] {1, 2, 5}, ones(3), new int[] {1, 1, 1})));
        // one passage a language: H is 2 wherever they stand
        assertTrue(Double.isNaN(peer(100, new int[] {1, 2, 5}, ones(3), new int[] {0, 1, 2})));
        // a grade that says nothing has no part in the mean
        int[] ranks = {1, 2, 3, 5, 12};
        assertEquals(
                ChiSquare.survival(3 * 49 / 74.0, 1),
                peer(100, ranks, new int[] {1, 1, 2, 1, 1}, new int[] {0, 0, 0, 1, 1}),
                1e-15);
    }
}
