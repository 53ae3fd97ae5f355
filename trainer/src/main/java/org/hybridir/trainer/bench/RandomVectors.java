package org.hybridir.trainer.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.hybridir.measure.ExactRanking;

/**
 * A collection of random unit vectors: as many golds a question as there are languages, one in each. A question lies a
 * little nearer to its golds than chance would have it, so that ranks spread over the whole pool.
 *
 * @param languages how many
 * @param passages dealt out to the languages in turn
 * @param questions dealt out to the languages in turn
 */
record RandomVectors(int languages, ExactRanking.Passages passages, ExactRanking.Questions questions) {

    static RandomVectors draw(long seed, int languages, int passages, int questions, int dimension) {
        Random random = new Random(seed);
        float[][] passageVectors = unit(random, passages, dimension);
        float[][] questionVectors = unit(random, questions, dimension);
        List<Map<String, Integer>> answered = new ArrayList<>();
        for (int p = 0; p < passages; p++) {
            answered.add(new HashMap<>());
        }
        String[] names = new String[questions];
        for (int q = 0; q < questions; q++) {
            names[q] = "question-" + q;
            for (int language = 0; language < languages; language++) {
                int place = random.nextInt(passages / languages) * languages + language;
                answered.get(place).put(names[q], 1);
                approach(questionVectors[q], passageVectors[place]);
            }
        }
        String[] ids =
                IntStream.range(0, passages).mapToObj(p -> "passage-" + p).toArray(String[]::new);
        return new RandomVectors(
                languages,
                new ExactRanking.Passages(passageVectors, dealt(passages, languages), ids, answered),
                new ExactRanking.Questions(questionVectors, dealt(questions, languages), names));
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

    private static void approach(float[] question, float[] gold) {
        for (int k = 0; k < question.length; k++) {
            question[k] += 0.05f * gold[k];
        }
        normalise(question);
    }

    private static float[][] unit(Random random, int n, int dimension) {
        float[][] vectors = new float[n][dimension];
        for (float[] vector : vectors) {
            for (int k = 0; k < dimension; k++) {
                vector[k] = (float) random.nextGaussian();
            }
            normalise(vector);
        }
        return vectors;
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
}
