package org.hybridir.trainer.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hybridir.measure.Evaluation;
import org.hybridir.measure.ExactRanking;
import org.hybridir.measure.Gold;
import org.hybridir.measure.Golds;
import org.hybridir.measure.Hit;
import org.hybridir.measure.RankedQuestion;

/**
 * The peer: scores every passage, sorts all of them, walks down the list. Written as a careful programmer would write it
 * without blocking: eight partial sums a dot product, a primitive sort over packed score and place, ranks in all pools from
 * one walk. Equal scores rank by place, and scores differ from ours in the last bits.
 */
final class FullSort {
    private static final int BLOCK = 64;

    private final RandomVectors collection;

    FullSort(RandomVectors collection) {
        this.collection = collection;
    }

    void rank(ExactRanking.Questions questions, Evaluation evaluation, int threads) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int from = 0; from < questions.vectors().length; from += BLOCK) {
                int first = from;
                int to = Math.min(from + BLOCK, questions.vectors().length);
                running.add(workers.submit(() -> rankBlock(questions, first, to, evaluation)));
            }
            for (Future<?> block : running) {
                block.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private void rankBlock(ExactRanking.Questions questions, int from, int to, Evaluation evaluation) {
        long[] order = new long[collection.passages().vectors().length];
        for (int q = from; q < to; q++) {
            sort(questions.vectors()[q], order);
            evaluation.ranked(walk(questions.ids()[q], questions.languages()[q], order, evaluation.hits()));
        }
    }

    private void sort(float[] question, long[] order) {
        float[][] passages = collection.passages().vectors();
        for (int p = 0; p < order.length; p++) {
            order[p] = (long) descending(dot(question, passages[p])) << 32 | p;
        }
        Arrays.sort(order);
    }

    /** An int that orders floats from high to low. */
    private static int descending(float score) {
        int bits = Float.floatToIntBits(score);
        return ~(bits ^ (bits >> 31) & Integer.MAX_VALUE);
    }

    /** The score that {@link #descending} made an int of. */
    private static float score(long packed) {
        int bits = ~(int) (packed >> 32);
        return Float.intBitsToFloat(bits ^ (bits >> 31) & Integer.MAX_VALUE);
    }

    private RankedQuestion walk(String question, int language, long[] order, int hits) {
        ExactRanking.Passages passages = collection.passages();
        int[] before = new int[collection.languages()];
        List<int[]> counts = new ArrayList<>();
        List<Gold> golds = new ArrayList<>();
        List<Hit> top = new ArrayList<>();
        for (long packed : order) {
            int place = (int) packed;
            int passageLanguage = passages.languages()[place];
            Integer grade = passages.judgements().get(place).get(question);
            if (grade != null) {
                counts.add(before.clone());
                golds.add(new Gold(passages.ids()[place], passageLanguage, grade, score(packed)));
            }
            if (top.size() < hits) {
                top.add(new Hit(passages.ids()[place], passageLanguage, score(packed)));
            }
            before[passageLanguage]++;
        }
        return RankedQuestion.counted(question, language, new Golds(golds), counts.toArray(int[][]::new), top);
    }

    private static float dot(float[] a, float[] b) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int k = 0;
        for (; k + 7 < a.length; k += 8) {
            s0 = Math.fma(a[k], b[k], s0);
            s1 = Math.fma(a[k + 1], b[k + 1], s1);
            s2 = Math.fma(a[k + 2], b[k + 2], s2);
            s3 = Math.fma(a[k + 3], b[k + 3], s3);
            s4 = Math.fma(a[k + 4], b[k + 4], s4);
            s5 = Math.fma(a[k + 5], b[k + 5], s5);
            s6 = Math.fma(a[k + 6], b[k + 6], s6);
            s7 = Math.fma(a[k + 7], b[k + 7], s7);
        }
        float rest = 0;
        for (; k < a.length; k++) {
            rest = Math.fma(a[k], b[k], rest);
        }
        return s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7)) + rest;
    }
}
