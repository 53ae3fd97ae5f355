package org.hybridir.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Documents in several passages, ranked as a naive program does it: score every passage, fold, sort. */
class DocumentRankingTest {
    private static final int LANGUAGES = 3;
    private static final int DIMENSION = 5;

    @Test
    void theMeanOfTheBest() {
        float[] scores = {.25f, .75f, .5f, -1f, 2f};
        int[] ends = {4, 5};
        assertArrayEquals(new float[] {.75f, 2f}, DocumentScore.MAX.fold(scores, ends));
        assertArrayEquals(new float[] {.625f, 2f}, new DocumentScore(2).fold(scores, ends));
        assertArrayEquals(new float[] {.125f, 2f}, new DocumentScore(9).fold(scores, ends));
        assertTrue(Float.isNaN(DocumentScore.MAX.of(new float[] {1f, Float.NaN}, 0, 2)));
        Exception e = assertThrows(IllegalArgumentException.class, () -> new DocumentScore(0));
        assertEquals("a document's score is the mean of at least its best [1] passage, not [0]", e.getMessage());
    }

    @Test
    void documentsWithoutPassagesAreRefused() {
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> new ExactRanking.Passages(
                        VectorRows.of(new float[1][2]),
                        new int[] {1, 1},
                        DocumentScore.MAX,
                        new int[2],
                        new String[] {"a", "b"},
                        List.of(Map.of(), Map.of())));
        assertEquals("[b] has no passage", e.getMessage());
    }

    @Test
    void randomDocuments() throws InterruptedException {
        for (int seed = 0; seed < 20; seed++) {
            // every fifth collection has a document that is longer than a tile of scores
            check(new Random(seed), seed % 5 == 0 ? 1_300 : 7, new DocumentScore(1 + seed % 3));
        }
    }

    /** Few different numbers, so that scores tie. */
    private static float[] vector(Random random) {
        float[] vector = new float[DIMENSION];
        for (int k = 0; k < DIMENSION; k++) {
            vector[k] = random.nextInt(3) - 1;
        }
        return vector;
    }

    private static void check(Random random, int longest, DocumentScore score) throws InterruptedException {
        int documents = 60 + random.nextInt(100);
        int[] ends = new int[documents];
        int[] languages = new int[documents];
        String[] ids = new String[documents];
        List<Map<String, Integer>> judgements = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        List<Integer> names =
                new ArrayList<>(IntStream.range(100, 100 + documents).boxed().toList());
        Collections.shuffle(names, random);
        for (int d = 0; d < documents; d++) {
            int passages = 1 + random.nextInt(d == 10 ? longest : 7);
            for (int p = 0; p < passages; p++) {
                vectors.add(vector(random));
            }
            ends[d] = vectors.size();
            languages[d] = random.nextInt(LANGUAGES);
            ids[d] = "d" + names.get(d);
            judgements.add(random.nextInt(6) == 0 ? Map.of("q" + random.nextInt(4), 1) : Map.of());
        }
        float[][] asked = IntStream.range(0, 4).mapToObj(q -> vector(random)).toArray(float[][]::new);
        Map<String, RankedQuestion> ranked = Collections.synchronizedMap(new HashMap<>());
        RankingListener listener = new RankingListener() {
            @Override
            public void ranked(RankedQuestion question) {
                ranked.put(question.id(), question);
            }

            @Override
            public int hits() {
                return 13;
            }
        };
        float[][] passages = vectors.toArray(float[][]::new);
        new ExactRanking(new ExactRanking.Passages(VectorRows.of(passages), ends, score, languages, ids, judgements))
                .rank(
                        new ExactRanking.Questions(asked, new int[4], new String[] {"q0", "q1", "q2", "q3"}),
                        LANGUAGES,
                        listener,
                        2,
                        done -> {});
        for (int q = 0; q < 4; q++) {
            List<Integer> order = sorted(asked[q], passages, ends, score, ids);
            RankedQuestion question = ranked.get("q" + q);
            assertEquals(
                    order.stream().limit(13).map(d -> ids[d]).toList(),
                    question.top().stream().map(Hit::id).toList());
            for (int gold = 0; gold < question.golds().size(); gold++) {
                String id = question.golds().get(gold).id();
                int document = Arrays.asList(ids).indexOf(id);
                assertEquals(order.indexOf(document) + 1, question.ranks()[gold]);
                List<Integer> own = order.stream()
                        .filter(d -> languages[d] == languages[document])
                        .toList();
                assertEquals(own.indexOf(document) + 1, question.languageRanks()[gold]);
            }
        }
    }

    private static List<Integer> sorted(
            float[] question, float[][] passages, int[] ends, DocumentScore score, String[] ids) {
        Map<Integer, Double> scores = new HashMap<>();
        for (int d = 0; d < ends.length; d++) {
            List<Double> own = new ArrayList<>();
            for (int p = d == 0 ? 0 : ends[d - 1]; p < ends[d]; p++) {
                double sum = 0;
                for (int k = 0; k < DIMENSION; k++) {
                    sum += question[k] * passages[p][k];
                }
                own.add(sum);
            }
            own.sort(Comparator.reverseOrder());
            int best = Math.min(score.best(), own.size());
            // as a float: thirds of small whole numbers tie there as they do in the ranking
            double mean = (float) (own.stream().limit(best).mapToDouble(x -> x).sum() / best);
            scores.put(d, mean);
        }
        return IntStream.range(0, ends.length)
                .boxed()
                .sorted(Comparator.comparing((Integer d) -> -scores.get(d)).thenComparing(d -> ids[d]))
                .toList();
    }
}
