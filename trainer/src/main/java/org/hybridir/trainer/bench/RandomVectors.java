package org.hybridir.trainer.bench;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.hybridir.measure.ExactRanking;
import org.hybridir.measure.VectorRows;
import org.hybridir.trainer.evaluate.VectorFile;

/**
 * A collection of random unit vectors: as many golds a question as there are languages, one in each. A question lies
 * nearer to its golds than chance would have it. The passages' vectors are in
 * a file, as those of a real evaluation are.
 *
 * @param languages how many
 * @param passages dealt out to the languages in turn
 * @param questions dealt out to the languages in turn
 * @param file the passages' vectors
 */
record RandomVectors(int languages, ExactRanking.Passages passages, ExactRanking.Questions questions, VectorFile file)
        implements Closeable {

    /**
     * Draws a collection.
     *
     * @param nearness the share of each gold in its question, whose own part is 1
     */
    static RandomVectors draw(long seed, int languages, int passages, int questions, int dimension, float nearness)
            throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        VectorFile file = VectorFile.create();
        try {
            for (int p = 0; p < passages; p++) {
                file.append(unit(random, dimension));
            }
            VectorRows rows = file.rows();
            Map<Integer, Map<String, Integer>> answered = new HashMap<>();
            float[][] questionVectors = new float[questions][];
            String[] names = names("question-", questions);
            for (int q = 0; q < questions; q++) {
                int[] golds = golds(random, languages, passages);
                questionVectors[q] = near(unit(random, dimension), golds, rows, nearness);
                for (int gold : golds) {
                    answered.computeIfAbsent(gold, place -> new HashMap<>()).put(names[q], 1);
                }
            }
            return new RandomVectors(
                    languages,
                    new ExactRanking.Passages(
                            rows,
                            dealt(passages, languages),
                            names("passage-", passages),
                            judgements(answered, passages)),
                    new ExactRanking.Questions(questionVectors, dealt(questions, languages), names),
                    file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** One passage of each language. */
    private static int[] golds(RandomGenerator random, int languages, int passages) {
        return IntStream.range(0, languages)
                .map(language -> random.nextInt(passages / languages) * languages + language)
                .toArray();
    }

    private static String[] names(String start, int n) {
        return IntStream.range(0, n).mapToObj(i -> start + i).toArray(String[]::new);
    }

    /** Most passages answer nothing, and share a map that says so. */
    private static List<Map<String, Integer>> judgements(Map<Integer, Map<String, Integer>> answered, int passages) {
        return IntStream.range(0, passages)
                .mapToObj(place -> answered.getOrDefault(place, Collections.emptyMap()))
                .toList();
    }

    ExactRanking.Questions firstQuestions(int n) {
        return new ExactRanking.Questions(
                Arrays.copyOf(questions.vectors(), n),
                Arrays.copyOf(questions.languages(), n),
                Arrays.copyOf(questions.ids(), n));
    }

    int[] poolSizes() {
        int[] sizes = new int[languages];
        for (int language : passages.languages()) {
            sizes[language]++;
        }
        return sizes;
    }

    private static int[] dealt(int n, int languages) {
        return IntStream.range(0, n).map(i -> i % languages).toArray();
    }

    private static float[] near(float[] question, int[] golds, VectorRows passages, float nearness) {
        float[] gold = new float[question.length];
        for (int place : golds) {
            passages.copy(place, 1, gold);
            for (int k = 0; k < question.length; k++) {
                question[k] += nearness * gold[k];
            }
        }
        normalise(question);
        return question;
    }

    private static float[] unit(RandomGenerator random, int dimension) {
        float[] vector = new float[dimension];
        for (int k = 0; k < dimension; k++) {
            vector[k] = (float) random.nextGaussian();
        }
        normalise(vector);
        return vector;
    }

    private static void normalise(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += number * (double) number;
        }
        float length = (float) Math.sqrt(squares);
        for (int k = 0; k < vector.length; k++) {
            vector[k] /= length;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
