package org.hybridir.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Evaluates vectors in memory, exactly: pass one scores the relevant passages of each question, pass two counts what stands
 * before them ({@link RankCounter}). Several threads take blocks of questions; the report does not depend on how many.
 */
public final class ExactRanking {
    /** Enough to pay for transposing the passages, few enough to keep all threads busy to the end. */
    private static final int BLOCK = 256;

    private final Passages passages;
    /** The vectors again, row-major, a tile each. */
    private final List<PassageBlock> blocks = new ArrayList<>();

    /** By question. */
    private final Map<String, List<Integer>> relevantPlaces = new HashMap<>();

    /**
     * The candidates of all languages.
     *
     * @param vectors [passage][dimension], each of length one
     * @param languages ordinals
     * @param ids unique
     * @param judgements the questions, in whatever language they are asked, that a passage was judged for, with the grade: 1
     *     or more if it is relevant, more if that matters; 0 or less if it is not
     */
    public record Passages(float[][] vectors, int[] languages, String[] ids, List<Map<String, Integer>> judgements) {
        public Passages {
            int n = vectors.length;
            if (languages.length != n || ids.length != n || judgements.size() != n) {
                throw new IllegalArgumentException("[" + n + "] passages need as many languages [" + languages.length
                        + "], ids [" + ids.length + "] and judgements [" + judgements.size() + "]");
            }
        }
    }

    /**
     * The questions of all languages.
     *
     * @param vectors [question][dimension], each of length one
     * @param languages ordinals
     * @param ids shared by a question's languages
     */
    public record Questions(float[][] vectors, int[] languages, String[] ids) {
        public Questions {
            int n = vectors.length;
            if (languages.length != n || ids.length != n) {
                throw new IllegalArgumentException("[" + n + "] questions need as many languages [" + languages.length
                        + "] and ids [" + ids.length + "]");
            }
        }
    }

    private record PassageBlock(int size, float[] vectors, int[] languages, int[] places) {}

    public ExactRanking(Passages passages) {
        this.passages = passages;
        for (int first = 0; first < passages.vectors.length; first += ScoreTile.PASSAGES) {
            blocks.add(block(first, Math.min(ScoreTile.PASSAGES, passages.vectors.length - first)));
        }
        for (int i = 0; i < passages.ids.length; i++) {
            int place = i;
            passages.judgements.get(place).forEach((question, grade) -> {
                if (grade > 0) {
                    relevantPlaces
                            .computeIfAbsent(question, id -> new ArrayList<>())
                            .add(place);
                }
            });
        }
    }

    private PassageBlock block(int first, int size) {
        int dimension = passages.vectors[0].length;
        float[] vectors = new float[size * dimension];
        int[] languages = new int[size];
        for (int i = 0; i < size; i++) {
            float[] vector = passages.vectors[first + i];
            if (vector.length != dimension) {
                throw new IllegalArgumentException("passage [" + passages.ids[first + i] + "] has [" + vector.length
                        + "] dimensions, the first one [" + dimension + "]");
            }
            System.arraycopy(vector, 0, vectors, i * dimension, dimension);
            languages[i] = passages.languages[first + i];
        }
        int[] places = IntStream.range(first, first + size).toArray();
        return new PassageBlock(size, vectors, languages, places);
    }

    /**
     * Ranks all questions. Blocks until done.
     *
     * @param languages how many languages there are
     * @param listener is told of each question, from the working threads; an {@link Evaluation}
     * @param threads how many questions' blocks are worked on at once, at least 1
     * @param progress is told, from the working threads, how many questions were done since it was last told
     */
    public void rank(Questions questions, int languages, RankingListener listener, int threads, IntConsumer progress)
            throws InterruptedException {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not [" + threads + "]");
        }
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int from = 0; from < questions.vectors.length; from += BLOCK) {
                int first = from;
                int to = Math.min(from + BLOCK, questions.vectors.length);
                running.add(workers.submit(() -> rankBlock(questions, first, to, languages, listener, progress)));
            }
            for (Future<?> block : running) {
                await(block);
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private static void await(Future<?> block) throws InterruptedException {
        try {
            block.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void rankBlock(
            Questions questions, int from, int to, int languages, RankingListener listener, IntConsumer progress) {
        float[][] vectors = new float[to - from][];
        Golds[] golds = new Golds[to - from];
        for (int q = from; q < to; q++) {
            vectors[q - from] = questions.vectors[q];
            golds[q - from] = golds(questions.vectors[q], questions.ids[q]);
        }
        RankCounter counter = new RankCounter(vectors, golds, languages, listener.hits(), p -> passages.ids[p]);
        for (PassageBlock block : blocks) {
            counter.add(block.vectors, block.size, block.languages, block.places);
        }
        int[][][] counts = counter.counts();
        List<List<Hit>> hits = counter.hits();
        for (int i = 0; i < golds.length; i++) {
            listener.ranked(RankedQuestion.counted(
                    questions.ids[from + i], questions.languages[from + i], golds[i], counts[i], hits.get(i)));
        }
        progress.accept(to - from);
    }

    /** Pass one. */
    private Golds golds(float[] question, String id) {
        return Golds.of(relevantPlaces.getOrDefault(id, List.of()).stream()
                .map(place -> new Gold(
                        passages.ids[place],
                        passages.languages[place],
                        passages.judgements.get(place).get(id),
                        RankCounter.score(question, passages.vectors[place])))
                .toList());
    }
}
