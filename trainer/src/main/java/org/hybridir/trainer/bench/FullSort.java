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
import org.hybridir.measure.VectorRows;

/**
 * The peer: scores every passage, sorts all of them, walks down the list. Written as a careful programmer would write it: a
 * primitive sort over packed score and place, ranks in all pools from one walk, passages read in tiles. Equal scores rank by
 * place, and scores differ from ours in the last bits.
 */
final class FullSort {
    /** Questions for which a tile of passages is read once: the cost of reading does not weigh on the peer. */
    private static final int BLOCK = 8;
    /** Passages of a tile. */
    private static final int TILE = 512;

    /** The dot product of a vector with one that begins somewhere in an array. */
    interface Dot {
        float of(float[] a, float[] b, int from);
    }

    private final RandomVectors collection;
    private final Dot dot;

    FullSort(RandomVectors collection, Dot dot) {
        this.collection = collection;
        this.dot = dot;
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
        long[][] orders = score(Arrays.copyOfRange(questions.vectors(), from, to));
        for (int q = from; q < to; q++) {
            Arrays.sort(orders[q - from]);
            evaluation.ranked(walk(questions.ids()[q], questions.languages()[q], orders[q - from], evaluation.hits()));
        }
    }

    /** [question][passage]: score and place. */
    private long[][] score(float[][] questions) {
        VectorRows passages = collection.passages().vectors();
        int dimension = passages.dimension();
        long[][] packed = new long[questions.length][passages.size()];
        float[] tile = new float[TILE * dimension];
        for (int first = 0; first < passages.size(); first += TILE) {
            int rows = Math.min(TILE, passages.size() - first);
            passages.copy(first, rows, tile);
            for (int q = 0; q < questions.length; q++) {
                for (int p = 0; p < rows; p++) {
                    float score = dot.of(questions[q], tile, p * dimension);
                    packed[q][first + p] = (long) descending(score) << 32 | first + p;
                }
            }
        }
        return packed;
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

    /** The plain loop: one sum, each step waiting for the one before. */
    static float plain(float[] a, float[] b, int from) {
        float sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[from + k];
        }
        return sum;
    }

    /** Eight sums side by side, which is as fast as Java gets without its vector classes. */
    static float eightSums(float[] a, float[] b, int from) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int k = 0;
        for (; k + 7 < a.length; k += 8) {
            s0 = Math.fma(a[k], b[from + k], s0);
            s1 = Math.fma(a[k + 1], b[from + k + 1], s1);
            s2 = Math.fma(a[k + 2], b[from + k + 2], s2);
            s3 = Math.fma(a[k + 3], b[from + k + 3], s3);
            s4 = Math.fma(a[k + 4], b[from + k + 4], s4);
            s5 = Math.fma(a[k + 5], b[from + k + 5], s5);
            s6 = Math.fma(a[k + 6], b[from + k + 6], s6);
            s7 = Math.fma(a[k + 7], b[from + k + 7], s7);
        }
        float rest = 0;
        for (; k < a.length; k++) {
            rest = Math.fma(a[k], b[from + k], rest);
        }
        return s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7)) + rest;
    }
}
