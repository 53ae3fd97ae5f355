package org.hybridir.measure;

import java.util.List;
import java.util.stream.Stream;

/**
 * For a block of questions, counts how many passages of each language stand before each relevant passage, and keeps the first
 * passages of all languages. Counts of disjoint sets of passages add up, and their first passages merge ({@link Hit#merge}),
 * so shards can count alone.
 *
 * <p>Ranks need no list of results: with its golds in ranking order, each passage stands before some golds at the end of
 * that order, perhaps none. Where it falls in is counted, by language; {@link #counts()} sums up. Memory is that of the
 * questions, their counts, and one tile of passages and scores, some 1.7 MB.
 *
 * <p>Not thread-safe: one counter a thread, and blocks of questions (some hundred, so that transposing the passages is paid
 * for) are what callers hand to several threads.
 */
public final class RankCounter {
    private final float[][] questions;
    private final Golds[] golds;
    private final int languages;
    private final PassageIds ids;
    private final int dimension;
    private final ScoreTile tile;
    /** [question][gold] */
    private final float[][] goldScores;
    /** [question][gold][language]: passages that stand before this gold and not before the one ahead of it. */
    private final int[][][] fallIn;

    private final BestHits[] best;

    /**
     * @param questions [question][dimension], each of length one
     * @param golds one for each question, in the same order; may be empty for a question
     * @param languages how many languages there are
     * @param hits how many of the first passages are kept for each question
     * @param ids a passage's id by its place, a number that the caller gives it; asked on equal scores and by {@link #hits}
     * @throws IllegalArgumentException if the lengths do not fit or a question holds NaN or infinity
     */
    public RankCounter(float[][] questions, Golds[] golds, int languages, int hits, PassageIds ids) {
        if (questions.length != golds.length) {
            throw new IllegalArgumentException(
                    "need golds for each question: questions [" + questions.length + "], golds [" + golds.length + "]");
        }
        this.dimension = questions.length == 0 ? 0 : questions[0].length;
        this.questions = padded(questions, dimension);
        this.golds = golds.clone();
        this.languages = languages;
        this.ids = ids;
        this.tile = new ScoreTile(dimension);
        this.goldScores = new float[golds.length][];
        this.fallIn = new int[golds.length][][];
        this.best = new BestHits[golds.length];
        for (int q = 0; q < golds.length; q++) {
            begin(q, golds[q], hits);
        }
    }

    private void begin(int q, Golds golds, int hits) {
        goldScores[q] = new float[golds.size()];
        for (int gold = 0; gold < golds.size(); gold++) {
            checkLanguage(golds.get(gold).language());
            goldScores[q][gold] = golds.get(gold).score();
        }
        fallIn[q] = new int[golds.size()][languages];
        best[q] = new BestHits(hits);
    }

    /**
     * Counts a block of passages.
     *
     * @param vectors row-major [n][dimension], each of length one
     * @param n how many passages
     * @param languages ordinals of the passages' languages
     * @param places of the passages, from which their ids are found; no two passages have the same
     * @throws IllegalArgumentException if the lengths do not fit, a language is unknown or a score is NaN; the counts are
     *     then useless
     */
    public void add(float[] vectors, int n, int[] languages, int[] places) {
        if (golds.length == 0) {
            return;
        }
        if (vectors.length < (long) n * dimension || languages.length < n || places.length < n) {
            throw new IllegalArgumentException("[" + n + "] passages of [" + dimension
                    + "] dimensions need as many numbers, not [" + vectors.length + "], as many languages, not ["
                    + languages.length + "], and as many places, not [" + places.length + "]");
        }
        for (int i = 0; i < n; i++) {
            checkLanguage(languages[i]);
        }
        score(vectors, n, (q, scores, first, size) -> count(q, scores, first, size, languages, places));
    }

    /**
     * Counts a block of documents, each once, by the score that follows from those of its passages.
     *
     * @param vectors row-major [passage][dimension], each of length one; a document's passages follow each other
     * @param ends of each document, the passage behind its last one
     * @param languages ordinals of the documents' languages
     * @param places of the documents, from which their ids are found; no two documents have the same
     * @throws IllegalArgumentException as {@link #add}
     */
    public void addDocuments(float[] vectors, int[] ends, DocumentScore score, int[] languages, int[] places) {
        if (golds.length == 0 || ends.length == 0) {
            return;
        }
        for (int language : languages) {
            checkLanguage(language);
        }
        int n = ends[ends.length - 1];
        float[][] all = new float[golds.length][n];
        score(vectors, n, (q, scores, first, size) -> System.arraycopy(scores, 0, all[q], first, size));
        for (int q = 0; q < golds.length; q++) {
            count(q, score.fold(all[q], ends), 0, ends.length, languages, places);
        }
    }

    /** What is done with the scores of the passages from the first one on, as many as the size, for one question. */
    private interface ScoreHandler {
        void scored(int question, float[] scores, int first, int size);
    }

    private void score(float[] vectors, int n, ScoreHandler handler) {
        for (int first = 0; first < n; first += ScoreTile.PASSAGES) {
            int size = Math.min(ScoreTile.PASSAGES, n - first);
            tile.passages(vectors, first, size);
            for (int from = 0; from < questions.length; from += ScoreTile.QUESTIONS) {
                int to = Math.min(from + ScoreTile.QUESTIONS, questions.length);
                float[][] scores = tile.scores(questions, from, to);
                for (int q = from; q < Math.min(to, golds.length); q++) {
                    handler.scored(q, scores[q - from], first, size);
                }
            }
        }
    }

    private void count(int q, float[] scores, int first, int size, int[] languages, int[] places) {
        float lowestGold =
                goldScores[q].length == 0 ? Float.POSITIVE_INFINITY : goldScores[q][goldScores[q].length - 1];
        float lowest = Math.min(lowestGold, best[q].threshold());
        for (int p = 0; p < size; p++) {
            float score = scores[p];
            // most passages stand behind all golds and hits; written so that NaN goes on and is found
            if (!(score < lowest)) {
                count(q, score, languages[first + p], places[first + p]);
                lowest = Math.min(lowestGold, best[q].threshold());
            }
        }
    }

    private void count(int q, float score, int language, int place) {
        if (Float.isNaN(score)) {
            throw new IllegalArgumentException("the score of passage [" + ids.apply(place)
                    + "] is not a number; its vector holds NaN or infinity");
        }
        int before = firstGoldBehind(q, score, place);
        if (before < goldScores[q].length) {
            fallIn[q][before][language]++;
        }
        if (score >= best[q].threshold()) {
            best[q].offer(score, place, language, ids);
        }
    }

    /** The first gold that the passage stands before; the golds behind it follow. A gold does not stand before itself. */
    private int firstGoldBehind(int q, float score, int place) {
        int gold = goldScores[q].length;
        // a shortcut without branches, which could not be predicted; equal scores are left to the order of ranking
        for (float goldScore : goldScores[q]) {
            gold -= score > goldScore ? 1 : 0;
        }
        while (gold > 0
                && RankOrder.precedes(
                        score,
                        ids,
                        place,
                        goldScores[q][gold - 1],
                        golds[q].get(gold - 1).id())) {
            gold--;
        }
        return gold;
    }

    /** [question][gold][language]: how many passages of the language stand before the gold (the gold itself not counted). */
    public int[][][] counts() {
        int[][][] counts = new int[golds.length][][];
        for (int q = 0; q < golds.length; q++) {
            counts[q] = new int[golds[q].size()][languages];
            int[] sum = new int[languages];
            for (int gold = 0; gold < counts[q].length; gold++) {
                for (int language = 0; language < languages; language++) {
                    sum[language] += fallIn[q][gold][language];
                }
                counts[q][gold] = sum.clone();
            }
        }
        return counts;
    }

    /** [question]: the first passages of all languages, best first. */
    public List<List<Hit>> hits() {
        ids.expect(Stream.of(best)
                .flatMapToInt(BestHits::places)
                .sorted()
                .distinct()
                .toArray());
        return Stream.of(best).map(hits -> hits.hits(ids)).toList();
    }

    /**
     * The score of one passage, bit for bit the one that {@link #add} compares: the cosine of two vectors of length one,
     * which is their dot product, as one chain of fused multiply-adds over the dimensions in order.
     */
    public static float score(float[] question, float[] passage) {
        if (question.length != passage.length) {
            throw new IllegalArgumentException("question and passage need the same dimension, not [" + question.length
                    + "] and [" + passage.length + "]");
        }
        float sum = 0f;
        for (int k = 0; k < question.length; k++) {
            sum = Math.fma(question[k], passage[k], sum);
        }
        return sum;
    }

    private static float[][] padded(float[][] questions, int dimension) {
        float[][] padded = new float[ScoreTile.padded(questions.length)][ScoreTile.padded(dimension)];
        for (int q = 0; q < questions.length; q++) {
            if (questions[q].length != dimension) {
                throw new IllegalArgumentException(
                        "questions need the same dimension, not [" + dimension + "] and [" + questions[q].length + "]");
            }
            for (int k = 0; k < dimension; k++) {
                padded[q][k] = finite(questions[q][k], q);
            }
        }
        return padded;
    }

    private static float finite(float number, int question) {
        if (!Float.isFinite(number)) {
            throw new IllegalArgumentException(
                    "the vector of question [" + question + "] of the block holds [" + number + "]");
        }
        return number;
    }

    private void checkLanguage(int ordinal) {
        if (ordinal < 0 || ordinal >= languages) {
            throw new IllegalArgumentException("language ordinal [" + ordinal + "] is not below [" + languages + "]");
        }
    }
}
