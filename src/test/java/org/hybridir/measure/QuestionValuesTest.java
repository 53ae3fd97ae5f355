package org.hybridir.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuestionValuesTest {
    private static final double EXACT = 1e-15;
    private static final double NONE = Double.NaN;

    /**
     * Three languages (ar, de, en) with pools of 10, 20 and 30 passages. Questions: 0 in English with golds in all three; 1
     * in English with golds in de and en; 2 in German with a gold in ar only; 3 in English without any; 4 never ranked.
     */
    private static QuestionValues small(Measure measure) {
        QuestionValues values = new QuestionValues(5, new int[] {10, 20, 30}, measure);
        values.counted(3, 2, new int[0], new int[0][]);
        values.counted(1, 2, new int[] {1, 2}, new int[][] {{0, 1, 0}, {0, 5, 3}});
        values.counted(0, 2, new int[] {2, 0, 1}, new int[][] {{0, 0, 0}, {0, 1, 2}, {4, 3, 5}});
        values.counted(2, 1, new int[] {0}, new int[][] {{1, 1, 1}});
        return values;
    }

    @Test
    void averagePrecisionOfEachQuestion() {
        QuestionValues values = small(new AveragePrecision());
        // English golds: rank 1, rank 4; question 2 has no German gold
        assertArrayEquals(new double[] {1, 0.25, NONE, NONE, NONE}, values.in(Setting.MONOLINGUAL), EXACT);
        // 0: Arabic gold on rank 1, German on rank 4: (1 + 1/4) / 2; 1: German on rank 2, no Arabic; 2: Arabic on rank
        // 2
        assertArrayEquals(new double[] {0.625, 0.5, 0.5, NONE, NONE}, values.in(Setting.CROSS_LINGUAL), EXACT);
        // ranks 1, 4, 13; ranks 2, 9; rank 4
        double[] multilingual = {(1 + 2 / 4.0 + 3 / 13.0) / 3, (1 / 2.0 + 2 / 9.0) / 2, 0.25, NONE, NONE};
        assertArrayEquals(multilingual, values.in(Setting.MULTILINGUAL), EXACT);
    }

    @Test
    void aMeasureHasValuesOnlyWhereItSaysAnything() {
        QuestionValues values = small(new RankDistance());
        assertArrayEquals(new double[] {12, 7, 0, NONE, NONE}, values.in(Setting.MULTILINGUAL), EXACT);
        assertArrayEquals(new double[] {NONE, NONE, NONE, NONE, NONE}, values.in(Setting.MONOLINGUAL), EXACT);
    }

    @Test
    void goldsNeedCounts() {
        QuestionValues values = new QuestionValues(1, new int[] {1}, new AveragePrecision());
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> values.counted(0, 0, new int[1], new int[0][]));
        assertEquals("need the counts of each gold: golds [1], counts [0]", e.getMessage());
    }

    /** With values for all, the macro mean of one language is the mean of the questions' own values. */
    @Test
    void meansAreThoseOfTheEvaluation() throws InterruptedException {
        RandomCollection c = new RandomCollection(5, 3, 300, 300, 8, 40);
        List<String> names = IntStream.range(0, 3).mapToObj(i -> "l" + i).toList();
        Evaluation evaluation =
                new Evaluation(names, c.poolSizes(), EnumSet.allOf(Setting.class), List.of(new AveragePrecision()));
        QuestionValues values = new QuestionValues(300, c.poolSizes(), new AveragePrecision());
        ExactRanking ranking =
                new ExactRanking(new ExactRanking.Passages(c.passages, c.passageLanguages, c.ids, c.questionIds));
        ExactRanking.Questions questions =
                new ExactRanking.Questions(c.questions, c.questionLanguages, c.questionNames);
        ranking.rank(questions, 3, evaluation, 2, done -> {});
        ranking.rank(questions, 3, values, 2, done -> {});
        for (Setting setting : List.of(Setting.MONOLINGUAL, Setting.MULTILINGUAL)) {
            double[] own = values.in(setting);
            for (int language = 0; language < 3; language++) {
                int asked = language;
                double mean = IntStream.range(0, own.length)
                        .filter(q -> c.questionLanguages[q] == asked)
                        .mapToDouble(q -> own[q])
                        .filter(value -> !Double.isNaN(value))
                        .average()
                        .orElseThrow();
                Report.Row row = evaluation
                        .report()
                        .settings()
                        .get(setting)
                        .perLanguage()
                        .get("l" + language);
                assertEquals(row.means().get("AP"), mean, 1e-12);
            }
        }
        assertEquals(300, Arrays.stream(values.in(Setting.CROSS_LINGUAL)).count());
    }
}
