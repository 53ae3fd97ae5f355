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

    private final Map<String, List<Integer>> placesByQuestion = new HashMap<>();

    /**
     * The candidates of all languages.
     *
     * @param vectors [passage][dimension], each of length one
     * @param languages ordinals
     * @param ids unique
     * @param questionIds the questions that a passage answers, in whatever language they are asked
     */
    public record Passages(float[][] vectors, int[] languages, String[] ids, List<List<String>> questionIds) {
        public Passages {
            int n = vectors.length;
            if (languages.length != n || ids.length != n || questionIds.size() != n) {
                throw new IllegalArgumentException("[" + n + "] passages need as many languages [" + languages.length
                        + "], ids [" + ids.length + "] and lists of questions [" + questionIds.size() + "]");
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

    private record PassageBlock(int first, int size, float[] vectors, int[] languages) {}

    public ExactRanking(Passages passages) {
        this.passages = passages;
        for (int first = 0; first < passages.vectors.length; first += ScoreTile.PASSAGES) {
            blocks.add(block(first, Math.min(ScoreTile.PASSAGES, passages.vectors.length - first)));
        }
        for (int place = 0; place < passages.ids.length; place++) {
            for (String question : passages.questionIds.get(place)) {
                placesByQuestion
                        .computeIfAbsent(question, id -> new ArrayList<>())
                        .add(place);
            }
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
        return new PassageBlock(first, size, vectors, languages);
    }

    /**
     * Ranks all questions. Blocks until done.
     *
     * @param languages how many languages there are
     * @param listener is told of each question, from the working threads; an {@link Evaluation}, say
     * @param threads how many questions' blocks are worked on at once, at least 1
     * @param progress is told, from the working threads, how many questions were done since it was last told
     */
    public void rank(Questions questions, int languages, CountListener listener, int threads, IntConsumer progress)
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
            Questions questions, int from, int to, int languages, CountListener listener, IntConsumer progress) {
        float[][] vectors = new float[to - from][];
        Golds[] golds = new Golds[to - from];
        for (int q = from; q < to; q++) {
            vectors[q - from] = questions.vectors[q];
            golds[q - from] = golds(questions.vectors[q], questions.ids[q]);
        }
        RankCounter counter = new RankCounter(vectors, golds, languages);
        for (PassageBlock block : blocks) {
            counter.add(block.vectors, block.size, block.languages, p -> passages.ids[block.first + p]);
        }
        int[][][] counts = counter.counts();
        for (int q = from; q < to; q++) {
            listener.counted(q, questions.languages[q], golds[q - from].languages(), counts[q - from]);
        }
        progress.accept(to - from);
    }

    /** Pass one. */
    private Golds golds(float[] question, String id) {
        List<Integer> places = placesByQuestion.getOrDefault(id, List.of());
        float[] scores = new float[places.size()];
        String[] ids = new String[places.size()];
        int[] languages = new int[places.size()];
        for (int i = 0; i < scores.length; i++) {
            int place = places.get(i);
            scores[i] = RankCounter.score(question, passages.vectors[place]);
            ids[i] = passages.ids[place];
            languages[i] = passages.languages[place];
        }
        return Golds.of(scores, ids, languages);
    }
}
