package org.hybridir.measure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Short ways to write down what a test ranks. */
final class Rankings {
    private Rankings() {}

    /** Passages of grade 1 in the question's language, all retrieved. */
    static Ranking binary(int poolSize, int... ranks) {
        int[] grades = new int[ranks.length];
        Arrays.fill(grades, 1);
        return new Ranking(ranks, grades, new int[ranks.length], 0, poolSize, poolSize);
    }

    /** Golds of grade 1 in the languages given, in ranking order. */
    static Golds golds(int... languages) {
        return new Golds(IntStream.range(0, languages.length)
                .mapToObj(i -> new Gold("gold-" + i, languages[i], 1, 1f / (i + 1)))
                .toList());
    }

    /** A question without any first passages. */
    static RankedQuestion question(String id, int language, int[] goldLanguages, int[][] counts) {
        return RankedQuestion.counted(id, language, golds(goldLanguages), counts, List.of());
    }
}
