package org.hybridir.measure;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The relevant passages of one question with their scores, in ranking order: score descending, then id ascending.
 *
 * @param scores cosine to the question, from {@link RankCounter#score}
 * @param ids passage ids
 * @param languages ordinals of the passages' languages
 */
public record Golds(float[] scores, String[] ids, int[] languages) {
    public Golds {
        if (scores.length != ids.length || scores.length != languages.length) {
            throw new IllegalArgumentException("golds need as many scores [" + scores.length + "] as ids [" + ids.length
                    + "] and languages [" + languages.length + "]");
        }
        for (int i = 0; i < scores.length; i++) {
            refuseNaN(scores[i], ids[i]);
        }
        for (int i = 1; i < scores.length; i++) {
            if (!RankOrder.precedes(scores[i - 1], ids[i - 1], scores[i], ids[i])) {
                throw new IllegalArgumentException("golds must be in ranking order and distinct, but [" + ids[i - 1]
                        + "] does not stand before [" + ids[i] + "]; use Golds.of");
            }
        }
    }

    /** Golds in any order, brought into ranking order. */
    public static Golds of(float[] scores, String[] ids, int[] languages) {
        for (int i = 0; i < scores.length; i++) {
            refuseNaN(scores[i], ids[i]);
        }
        Comparator<Integer> order =
                (a, b) -> a.equals(b) ? 0 : RankOrder.precedes(scores[a], ids[a], scores[b], ids[b]) ? -1 : 1;
        int[] sorted = sort(scores, ids, order);
        float[] sortedScores = new float[sorted.length];
        String[] sortedIds = new String[sorted.length];
        int[] sortedLanguages = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            sortedScores[i] = scores[sorted[i]];
            sortedIds[i] = ids[sorted[i]];
            sortedLanguages[i] = languages[sorted[i]];
        }
        return new Golds(sortedScores, sortedIds, sortedLanguages);
    }

    /** How many there are. */
    public int size() {
        return scores.length;
    }

    private static int[] sort(float[] scores, String[] ids, Comparator<Integer> order) {
        refuseSameIds(ids);
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(order)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Before sorting: a comparator that finds no order between two equal golds may break the sort itself. */
    private static void refuseSameIds(String[] ids) {
        Set<String> seen = new HashSet<>();
        for (String id : ids) {
            if (!seen.add(id)) {
                throw new IllegalArgumentException(
                        "passage [" + id + "] is given twice as a gold of the same question");
            }
        }
    }

    private static void refuseNaN(float score, String id) {
        if (Float.isNaN(score)) {
            throw new IllegalArgumentException("the score of passage [" + id
                    + "] is not a number; its vector or the question's" + " holds NaN or infinity");
        }
    }
}
