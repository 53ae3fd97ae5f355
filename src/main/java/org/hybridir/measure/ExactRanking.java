package org.hybridir.measure;

import java.util.ArrayList;
import java.util.Arrays;
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
 * Evaluates vectors exactly: pass one scores the relevant passages of each question, pass two counts what stands before them
 * ({@link RankCounter}). Several threads take blocks of questions; the report does not depend on how many. The passages'
 * vectors are read tile by tile, once for each block of questions, so they need not fit the heap.
 */
public final class ExactRanking {
    /** Enough to pay for transposing the passages, few enough to keep all threads busy to the end. */
    private static final int BLOCK = 256;

    private final Passages passages;
    private final List<PassageBlock> blocks = new ArrayList<>();
    /** By question. */
    private final Map<String, List<Integer>> relevantPlaces = new HashMap<>();

    /**
     * The candidates of all languages, each a passage or a document in several.
     *
     * @param vectors of the passages, each of length one; those of a candidate follow each other
     * @param ends [candidate], the passage behind its last one
     * @param score of a candidate in several passages
     * @param languages [candidate], ordinals
     * @param ids [candidate], unique
     * @param judgements [candidate]: the questions, in whatever language they are asked, that it was judged for, with the
     *     grade: 1 or more if it is relevant, more if that matters; 0 or less if it is not
     */
    public record Passages(
            VectorRows vectors,
            int[] ends,
            DocumentScore score,
            int[] languages,
            String[] ids,
            List<Map<String, Integer>> judgements) {
        public Passages {
            int n = ends.length;
            if (languages.length != n || ids.length != n || judgements.size() != n) {
                throw new IllegalArgumentException("[" + n + "] passages need as many languages [" + languages.length
                        + "], ids [" + ids.length + "] and judgements [" + judgements.size() + "]");
            }
            int end = 0;
            for (int candidate = 0; candidate < n; candidate++) {
                if (ends[candidate] <= end) {
                    throw new IllegalArgumentException("[" + ids[candidate] + "] has no passage");
                }
                end = ends[candidate];
            }
            if (end != vectors.size()) {
                throw new IllegalArgumentException(
                        "the candidates have [" + end + "] passages, but there are [" + vectors.size() + "] vectors");
            }
        }

        /** Candidates of one passage each, with vectors [passage][dimension]. */
        public Passages(float[][] vectors, int[] languages, String[] ids, List<Map<String, Integer>> judgements) {
            this(VectorRows.of(vectors), languages, ids, judgements);
        }

        /** Candidates of one passage each. */
        public Passages(VectorRows vectors, int[] languages, String[] ids, List<Map<String, Integer>> judgements) {
            this(
                    vectors,
                    IntStream.rangeClosed(1, vectors.size()).toArray(),
                    DocumentScore.MAX,
                    languages,
                    ids,
                    judgements);
        }

        private int start(int candidate) {
            return candidate == 0 ? 0 : ends[candidate - 1];
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

    /** Whole candidates; their passages fill a tile unless one has more. */
    private record PassageBlock(int start, int[] ends, int[] languages, int[] places) {
        private int passages() {
            return ends[ends.length - 1];
        }
    }

    public ExactRanking(Passages passages) {
        this.passages = passages;
        for (int first = 0; first < passages.ids.length; ) {
            int end = blockEnd(first);
            blocks.add(block(first, end));
            first = end;
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

    private int blockEnd(int first) {
        int end = first + 1;
        while (end < passages.ids.length && passages.ends[end] - passages.start(first) <= ScoreTile.PASSAGES) {
            end++;
        }
        return end;
    }

    private PassageBlock block(int first, int end) {
        int start = passages.start(first);
        return new PassageBlock(
                start,
                IntStream.range(first, end)
                        .map(candidate -> passages.ends[candidate] - start)
                        .toArray(),
                Arrays.copyOfRange(passages.languages, first, end),
                IntStream.range(first, end).toArray());
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
        float[] tile = new float[mostPassages() * passages.vectors.dimension()];
        for (PassageBlock block : blocks) {
            passages.vectors.copy(block.start, block.passages(), tile);
            add(counter, block, tile);
        }
        int[][][] counts = counter.counts();
        List<List<Hit>> hits = counter.hits();
        for (int i = 0; i < golds.length; i++) {
            listener.ranked(RankedQuestion.counted(
                    questions.ids[from + i], questions.languages[from + i], golds[i], counts[i], hits.get(i)));
        }
        progress.accept(to - from);
    }

    private int mostPassages() {
        return blocks.stream().mapToInt(PassageBlock::passages).max().orElse(0);
    }

    private void add(RankCounter counter, PassageBlock block, float[] vectors) {
        int candidates = block.ends.length;
        if (block.passages() == candidates) {
            counter.add(vectors, candidates, block.languages, block.places);
        } else {
            counter.addDocuments(vectors, block.ends, passages.score, block.languages, block.places);
        }
    }

    /** Pass one. */
    private Golds golds(float[] question, String id) {
        return Golds.of(relevantPlaces.getOrDefault(id, List.of()).stream()
                .map(place -> new Gold(
                        passages.ids[place],
                        passages.languages[place],
                        passages.judgements.get(place).get(id),
                        score(question, place)))
                .toList());
    }

    private float score(float[] question, int candidate) {
        int start = passages.start(candidate);
        float[] scores = new float[passages.ends[candidate] - start];
        float[] vector = new float[passages.vectors.dimension()];
        for (int p = 0; p < scores.length; p++) {
            passages.vectors.copy(start + p, 1, vector);
            scores[p] = RankCounter.score(question, vector);
        }
        return passages.score.of(scores, 0, scores.length);
    }
}
