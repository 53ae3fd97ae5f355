package org.hybridir.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {
    private static double spearman(int k, List<String> one, List<String> other) {
        assertEquals(
                RankCorrelation.spearman(one, other, k), RankCorrelation.spearman(other, one, k), 1e-15, "symmetric");
        return RankCorrelation.spearman(one, other, k);
    }

    /** Without ties it is 1 - 6 * sum of d^2 / (n (n^2 - 1)). */
    @Test
    void samePassagesInAnotherOrder() {
        assertEquals(1, spearman(3, List.of("a", "b", "c"), List.of("a", "b", "c")), 0);
        assertEquals(-1, spearman(3, List.of("a", "b", "c"), List.of("c", "b", "a")), 1e-15);
        // d = 1, 1, 0: 1 - 6 * 2 / 24
        assertEquals(0.5, spearman(3, List.of("a", "b", "c"), List.of("b", "a", "c")), 1e-15);
        // d = 0, 1, 1, 2, 2: 1 - 6 * 10 / 120
        assertEquals(0.5, spearman(5, List.of("a", "b", "c", "d", "e"), List.of("a", "c", "e", "b", "d")), 1e-15);
    }

    /**
     * a b c against b a d, k = 3: over a, b, c, d the ranks 1, 2, 3, 4 and 2, 1, 4, 3. Nothing ties, d^2 = 1 each: 1 - 6 * 4 /
     * 60.
     */
    @Test
    void onePassageIsMissingInEach() {
        assertEquals(0.6, spearman(3, List.of("a", "b", "c"), List.of("b", "a", "d")), 1e-15);
    }

    /**
     * a b against c d, k = 2: 1, 2, 3.5, 3.5 and 3.5, 3.5, 1, 2, each with the mean 2.5. Products of the distances: -1.5 - 0.5 -
     * 1.5 - 0.5 = -4; squares: 2.25 + 0.25 + 1 + 1 = 4.5.
     */
    @Test
    void missingPassagesShareTheirRanks() {
        assertEquals(-4 / 4.5, spearman(2, List.of("a", "b"), List.of("c", "d")), 1e-15);
        assertEquals(-1, spearman(1, List.of("a"), List.of("b")), 1e-15);
        // the rank that is documented
        List<String> ten = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        assertEquals(-0.86, spearman(10, ten, ten.stream().map(id -> id + "2").toList()), 0.005);
    }

    @Test
    void degenerateRankings() {
        assertEquals(1, spearman(1, List.of("a"), List.of("a")), 0);
        assertEquals(1, spearman(3, List.of(), List.of()), 0);
        assertEquals(0, spearman(3, List.of("a", "b"), List.of()), 0);
        // shorter than k, as where a search found no more: a before b in both
        assertEquals(1, spearman(3, List.of("a"), List.of("a", "b")), 1e-15);
    }

    /** Pairs: equal 1, swapped -1 twice. */
    @Test
    void meanOverPairsOfLanguages() {
        List<List<String>> three = List.of(List.of("a", "b"), List.of("a", "b"), List.of("b", "a"));
        assertEquals(-1 / 3.0, RankCorrelation.mean(three, 2), 1e-15);
    }
}
