package org.hybridir.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankCounterTest {
    private static float[] flat(float[][] vectors, int from, int to) {
        int dimension = vectors[0].length;
        float[] flat = new float[(to - from) * dimension];
        for (int i = from; i < to; i++) {
            System.arraycopy(vectors[i], 0, flat, (i - from) * dimension, dimension);
        }
        return flat;
    }

    private static void add(RankCounter counter, RandomCollection c, int from, int to) {
        int[] languages =
                IntStream.range(from, to).map(p -> c.passageLanguages[p]).toArray();
        counter.add(
                flat(c.passages, from, to),
                to - from,
                languages,
                IntStream.range(from, to).toArray());
    }

    private static RankCounter counter(RandomCollection c) {
        return new RankCounter(c.questions, c.golds(), c.languages, 10, p -> c.ids[p]);
    }

    private static int[][][] countedWhole(RandomCollection c) {
        RankCounter counter = counter(c);
        add(counter, c, 0, c.passages.length);
        return counter.counts();
    }

    /** Sizes on both sides of the tiles' edges, dimensions that are no multiple of four, many ties and few. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 40, 9, 3, 2",
        "2, 3, 513, 66, 17, 30",
        "3, 11, 700, 131, 64, 700",
        "4, 4, 1025, 7, 130, 5",
        "5, 2, 3, 5, 1, 2",
        "6, 3, 512, 64, 8, 1"
    })
    void equalsAFullSort(long seed, int languages, int passages, int questions, int dimension, int distinct) {
        RandomCollection c = new RandomCollection(seed, languages, passages, questions, dimension, distinct);
        int[][][] counts = countedWhole(c);
        for (int q = 0; q < questions; q++) {
            Golds golds = c.golds(q);
            int[][] of = counts[q];
            int[] all = IntStream.range(0, golds.size())
                    .map(gold -> IntStream.of(of[gold]).sum() + 1)
                    .toArray();
            assertArrayEquals(c.ranksBySorting(q, language -> true), all);
            for (int pool = 0; pool < languages; pool++) {
                int target = pool;
                int[] ranks = IntStream.range(0, golds.size())
                        .filter(gold -> golds.get(gold).language() == target)
                        .map(gold -> of[gold][target] + 1)
                        .toArray();
                assertArrayEquals(c.ranksBySorting(q, language -> language == target), ranks);
            }
        }
    }

    @Test
    void countsOfShardsAddUp() {
        RandomCollection c = new RandomCollection(7, 5, 1500, 70, 20, 40);
        int[][][] whole = countedWhole(c);
        int[][] shards = {{0, 3}, {3, 800}, {800, 1500}};
        int[][][] sum = counter(c).counts();
        for (int[] shard : shards) {
            RankCounter counter = counter(c);
            add(counter, c, shard[0], shard[1]);
            int[][][] part = counter.counts();
            assertFalse(Arrays.deepEquals(whole, part));
            for (int q = 0; q < sum.length; q++) {
                for (int gold = 0; gold < sum[q].length; gold++) {
                    for (int language = 0; language < c.languages; language++) {
                        sum[q][gold][language] += part[q][gold][language];
                    }
                }
            }
        }
        assertTrue(Arrays.deepEquals(whole, sum));
    }

    @Test
    void blocksOfAnySizeCountTheSame() {
        RandomCollection c = new RandomCollection(8, 3, 1100, 10, 12, 60);
        RankCounter counter = counter(c);
        for (int from = 0; from < 1100; from += 100) {
            add(counter, c, from, from + 100);
        }
        assertTrue(Arrays.deepEquals(countedWhole(c), counter.counts()));
    }

    /** The larger dimensions run often enough that compiled code is compared as well as the interpreter. */
    @Test
    void blockedProductHasTheBitsOfThePlainOne() {
        Random random = new Random(9);
        for (int dimension : new int[] {1, 3, 4, 63, 65, 384, 768}) {
            float[][] questions = new float[64][ScoreTile.padded(dimension)];
            float[] passages = new float[512 * dimension];
            for (float[] question : questions) {
                for (int k = 0; k < dimension; k++) {
                    question[k] = (float) random.nextGaussian();
                }
            }
            for (int i = 0; i < passages.length; i++) {
                passages[i] = (float) random.nextGaussian();
            }
            ScoreTile tile = new ScoreTile(dimension);
            int n = dimension == 65 ? 511 : 512;
            tile.passages(passages, 0, n);
            float[][] scores = tile.scores(questions, 0, 64);
            for (int q = 0; q < 64; q++) {
                float[] question = Arrays.copyOf(questions[q], dimension);
                for (int p = 0; p < n; p++) {
                    float[] passage = Arrays.copyOfRange(passages, p * dimension, (p + 1) * dimension);
                    assertEquals(RankCounter.score(question, passage), scores[q][p], 0f);
                }
            }
        }
    }

    @Test
    void equalScoresRankById() {
        float[] same = {1, 0};
        String[] ids = {"c", "b", "a", "B"};
        RankCounter counter = counter(same, gold("b", 1), 3, p -> ids[p]);
        counter.add(new float[] {1, 0, 1, 0, 1, 0, 1, 0}, 4, new int[4], new int[] {0, 1, 2, 3});
        // "a" and "B" stand before "b"; the gold does not count itself
        assertEquals(2, counter.counts()[0][0][0]);
        assertEquals(
                List.of(new Hit("B", 0, 1), new Hit("a", 0, 1), new Hit("b", 0, 1)),
                counter.hits().get(0));
    }

    @Test
    void idsAreAskedOnEqualScoresOnly() {
        RankCounter counter = counter(new float[] {1, 0}, gold("g", 0.5f), 2, p -> {
            throw new AssertionError("asked for " + p);
        });
        counter.add(new float[] {1, 0, 0, 1}, 2, new int[2], new int[2]);
        assertEquals(1, counter.counts()[0][0][0]);
    }

    @Test
    void orderOfRanking() {
        assertTrue(RankOrder.precedes(2f, "b", 1f, "a"));
        assertFalse(RankOrder.precedes(1f, "a", 2f, "b"));
        assertTrue(RankOrder.precedes(1f, "a", 1f, "b"));
        assertFalse(RankOrder.precedes(1f, "a", 1f, "a"));
        assertTrue(RankOrder.precedes(-0f, "a", 0f, "b"));
        assertTrue(RankOrder.precedes(0f, "a", -0f, "b"));
    }

    @Test
    void notANumberIsRefused() {
        RankCounter counter = counter(new float[] {1, 0}, gold("g", 0.5f), 0, p -> "id-" + p);
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> counter.add(new float[] {0, 1, Float.NaN, 0}, 2, new int[2], new int[] {7, 8}));
        assertEquals("the score of passage [id-8] is not a number; its vector holds NaN or infinity", e.getMessage());
        e = assertThrows(
                IllegalArgumentException.class,
                () -> counter(new float[] {1, Float.NaN}, gold("g", 0.5f), 0, p -> "id-" + p));
        assertEquals("the vector of question [0] of the block holds [NaN]", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> gold("x", Float.NaN));
        assertEquals(
                "the score of passage [x] is not a number; its vector or the question's holds NaN or infinity",
                e.getMessage());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Golds none = new Golds(List.of());
        assertThrows(
                IllegalArgumentException.class, () -> new RankCounter(new float[1][2], new Golds[0], 1, 0, p -> ""));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RankCounter(new float[][] {{1}, {1, 0}}, new Golds[] {none, none}, 1, 0, p -> ""));
        RankCounter counter = counter(new float[2], none, 0, p -> "");
        assertThrows(IllegalArgumentException.class, () -> counter.add(new float[3], 2, new int[2], new int[2]));
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> counter.add(new float[4], 2, new int[2], new int[1]));
        assertEquals(
                "[2] passages of [2] dimensions need as many numbers, not [4], as many languages, not [2], and as many"
                        + " places, not [1]",
                e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> counter.add(new float[2], 1, new int[] {1}, new int[1]));
        assertEquals("language ordinal [1] is not below [1]", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> RankCounter.score(new float[] {1}, new float[] {1, 0}));
        assertEquals("question and passage need the same dimension, not [1] and [2]", e.getMessage());
        Gold worse = new Gold("a", 0, 1, 1);
        Gold better = new Gold("b", 0, 1, 2);
        e = assertThrows(IllegalArgumentException.class, () -> new Golds(List.of(worse, better)));
        assertEquals(
                "golds must be in ranking order and distinct, but [a] does not stand before [b]; use Golds.of",
                e.getMessage());
        assertEquals(List.of(better, worse), Golds.of(List.of(worse, better)).inOrder());
        e = assertThrows(IllegalArgumentException.class, () -> Golds.of(List.of(worse, new Gold("a", 0, 1, 2))));
        assertEquals("passage [a] is given twice as a gold of the same question", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> new Gold("a", 0, 0, 1));
        assertEquals("passage [a] has grade [0], a relevant passage has at least 1", e.getMessage());
    }

    private static Golds gold(String id, float score) {
        return new Golds(List.of(new Gold(id, 0, 1, score)));
    }

    private static RankCounter counter(float[] question, Golds golds, int hits, PassageIds ids) {
        return new RankCounter(new float[][] {question}, new Golds[] {golds}, 1, hits, ids);
    }

    @Test
    void noQuestionsAndNoPassages() {
        RankCounter nobodyAsks = new RankCounter(new float[0][], new Golds[0], 1, 10, p -> "x");
        nobodyAsks.add(new float[] {1, 2}, 1, new int[1], new int[1]);
        assertEquals(0, nobodyAsks.counts().length);
        assertEquals(List.of(), nobodyAsks.hits());
        RankCounter nothingThere = counter(new float[] {1, 0}, gold("g", 0.5f), 10, p -> "x");
        nothingThere.add(new float[0], 0, new int[0], new int[0]);
        assertArrayEquals(new int[] {0}, nothingThere.counts()[0][0]);
        assertEquals(List.of(List.of()), nothingThere.hits());
    }

    /** Few distinct vectors, so that the last place is often tied; more places than passages in the last case. */
    @ParameterizedTest
    @CsvSource({"1, 700, 30, 10", "2, 700, 5, 10", "3, 1100, 700, 1", "4, 600, 2, 100", "5, 7, 3, 10"})
    void firstPassagesAreThoseOfAFullSort(long seed, int passages, int distinct, int hits) {
        RandomCollection c = new RandomCollection(seed, 3, passages, 70, 8, distinct);
        RankCounter whole = new RankCounter(c.questions, c.golds(), 3, hits, p -> c.ids[p]);
        RankCounter left = new RankCounter(c.questions, c.golds(), 3, hits, p -> c.ids[p]);
        RankCounter right = new RankCounter(c.questions, c.golds(), 3, hits, p -> c.ids[p]);
        add(whole, c, 0, passages);
        add(left, c, 0, passages / 3);
        add(right, c, passages / 3, passages);
        for (int q = 0; q < 70; q++) {
            int question = q;
            List<Hit> sorted = c.sorted(q, language -> true).stream()
                    .limit(hits)
                    .map(p -> new Hit(
                            c.ids[p], c.passageLanguages[p], RankCounter.score(c.questions[question], c.passages[p])))
                    .toList();
            assertEquals(sorted, whole.hits().get(q));
            assertEquals(
                    sorted, Hit.merge(List.of(right.hits().get(q), left.hits().get(q)), hits));
        }
    }

    /** Keeping the first passages changes no count, and keeping none is possible. */
    @Test
    void hitsDoNotDisturbCounts() {
        RandomCollection c = new RandomCollection(10, 3, 900, 40, 8, 50);
        RankCounter none = new RankCounter(c.questions, c.golds(), 3, 0, p -> c.ids[p]);
        add(none, c, 0, 900);
        assertTrue(Arrays.deepEquals(countedWhole(c), none.counts()));
        none.hits().forEach(hits -> assertEquals(List.of(), hits));
    }
}
