package org.hybridir.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuestionValuesTest {
    private static final double EXACT = 1e-15;

    /**
     * Three languages (ar, de, en) with pools of 10, 20 and 30 passages. Questions: a in English with golds in all three; b
     * in English with golds in de and en; c in German with a gold in ar only; d in English without any.
     */
    private static QuestionValues small(Set<Setting> settings, Measure... measures) {
        Evaluation evaluation =
                new Evaluation(List.of("ar", "de", "en"), new int[] {10, 20, 30}, settings, List.of(measures));
        evaluation.ranked(Rankings.question("d", 2, new int[0], new int[0][]));
        evaluation.ranked(Rankings.question("b", 2, new int[] {1, 2}, new int[][] {{0, 1, 0}, {0, 5, 3}}));
        evaluation.ranked(
                Rankings.question("a", 2, new int[] {2, 0, 1}, new int[][] {{0, 0, 0}, {0, 1, 2}, {4, 3, 5}}));
        evaluation.ranked(Rankings.question("c", 1, new int[] {0}, new int[][] {{1, 1, 1}}));
        return evaluation.questionValues();
    }

    private static void assertValues(List<Double> values, Double... expected) {
        assertEquals(expected.length, values.size());
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] == null) {
                assertEquals(null, values.get(i));
            } else {
                assertEquals(expected[i], values.get(i), EXACT);
            }
        }
    }

    @Test
    void averagePrecisionOfEachQuestion() {
        QuestionValues values = small(EnumSet.allOf(Setting.class), new AveragePrecision());
        assertEquals(List.of("a", "b", "c", "d"), values.ids());
        assertEquals(List.of("en", "en", "de", "en"), values.languages());
        // English golds: rank 1, rank 4; c has no German gold
        assertValues(values.of("AP", Setting.MONOLINGUAL), 1.0, 0.25, null, null);
        // a: Arabic gold on rank 1, German on rank 4: (1 + 1/4) / 2; b: German on rank 2; c: Arabic on rank 2
        assertValues(values.of("AP", Setting.CROSS_LINGUAL), 0.625, 0.5, 0.5, null);
        // ranks 1, 4, 13; ranks 2, 9; rank 4
        assertValues(
                values.of("AP", Setting.MULTILINGUAL),
                (1 + 2 / 4.0 + 3 / 13.0) / 3,
                (1 / 2.0 + 2 / 9.0) / 2,
                0.25,
                null);
    }

    @Test
    void valuesAreThereOnlyWhereAMeasureSaysAnything() {
        QuestionValues values = small(
                EnumSet.of(Setting.MONOLINGUAL, Setting.MULTILINGUAL), new RankDistance(), new TranslationRecall(2));
        assertEquals(
                Set.of(Setting.MULTILINGUAL),
                values.measures().get("RankDistance").keySet());
        assertValues(values.of("RankDistance", Setting.MULTILINGUAL), 12.0, 7.0, 0.0, null);
        // a: ar on 4, de on 13; b: de on 2; c: ar on 4
        assertValues(values.of("TLR@2", Setting.MULTILINGUAL), 0.0, 1.0, 0.0, null);
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> values.of("RankDistance", Setting.CROSS_LINGUAL));
        assertEquals(
                "the questions have no values of [RankDistance] in setting [cross_lingual], only of [RankDistance,"
                        + " TLR@2]",
                e.getMessage());
    }

    @Test
    void theSameQuestionsAreInOrderOfTheirLanguages() {
        Evaluation evaluation = new Evaluation(
                List.of("de", "ar"), new int[] {3, 3}, Set.of(Setting.MULTILINGUAL), List.of(new ReciprocalRank()));
        evaluation.ranked(Rankings.question("q", 0, new int[] {0}, new int[][] {{0, 0}}));
        evaluation.ranked(Rankings.question("q", 1, new int[] {0}, new int[][] {{0, 1}}));
        assertEquals(List.of("ar", "de"), evaluation.questionValues().languages());
        assertValues(evaluation.questionValues().of("RR", Setting.MULTILINGUAL), 0.5, 1.0);
    }

    @Test
    void mapsThereAndBack() {
        QuestionValues values = small(EnumSet.allOf(Setting.class), new AveragePrecision(), new RankDistance());
        Map<String, Object> map = values.toMap();
        assertEquals("[ids, languages, measures]", map.keySet().toString());
        assertEquals(
                "{monolingual=[1.0, 0.25, null, null], cross_lingual=[0.625, 0.5, 0.5, null]",
                ((Map<?, ?>) map.get("measures")).get("AP").toString().split(", multilingual")[0]);
        assertEquals(values, QuestionValues.fromMap(map));
    }

    @Test
    void otherMapsAreRefused() {
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> QuestionValues.fromMap(Map.of("measures", Map.of())));
        assertEquals("section [questions] of a result has a list [ids], this one has [null]", e.getMessage());
        Map<String, Object> tooFew = Map.of(
                "ids", List.of("q"),
                "languages", List.of("de"),
                "measures", Map.of("AP", Map.of("monolingual", List.of())));
        e = assertThrows(IllegalArgumentException.class, () -> QuestionValues.fromMap(tooFew));
        assertEquals("[1] questions need as many values of [AP] in setting [monolingual], not [0]", e.getMessage());
        Map<String, Object> words = Map.of(
                "ids", List.of("q"),
                "languages", List.of("de"),
                "measures", Map.of("AP", Map.of("monolingual", List.of("x"))));
        e = assertThrows(IllegalArgumentException.class, () -> QuestionValues.fromMap(words));
        assertEquals(
                "section [questions] of a result has numbers in [monolingual], this one has [[x]]", e.getMessage());
    }

    @Test
    void goldsNeedCounts() {
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> Rankings.question("q", 0, new int[1], new int[0][]));
        assertEquals("need the counts of each gold: golds [1], counts [0]", e.getMessage());
    }

    /** The mean of one language is the mean of its questions' own values. */
    @Test
    void meansAreThoseOfTheEvaluation() throws InterruptedException {
        RandomCollection c = new RandomCollection(5, 3, 300, 300, 8, 40);
        List<String> names = IntStream.range(0, 3).mapToObj(i -> "l" + i).toList();
        List<Measure> measures = List.of(new AveragePrecision(), new TranslationRecall(100));
        Evaluation evaluation = new Evaluation(names, c.poolSizes(), EnumSet.allOf(Setting.class), measures);
        new ExactRanking(new ExactRanking.Passages(c.passages, c.passageLanguages, c.ids, c.judgements))
                .rank(
                        new ExactRanking.Questions(c.questions, c.questionLanguages, c.questionNames),
                        3,
                        evaluation,
                        2,
                        done -> {});
        QuestionValues values = evaluation.questionValues();
        assertMeans(evaluation.report(), values, "AP", Setting.MONOLINGUAL);
        assertMeans(evaluation.report(), values, "AP", Setting.MULTILINGUAL);
        assertMeans(evaluation.report(), values, "TLR@100", Setting.MULTILINGUAL);
        String[] sorted = c.questionNames.clone();
        Arrays.sort(sorted);
        assertEquals(List.of(sorted), values.ids());
    }

    private static void assertMeans(Report report, QuestionValues values, String measure, Setting setting) {
        report.settings().get(setting).perLanguage().forEach((language, row) -> {
            List<Double> own = IntStream.range(0, values.ids().size())
                    .filter(q -> values.languages().get(q).equals(language))
                    .mapToObj(q -> values.of(measure, setting).get(q))
                    .filter(Objects::nonNull)
                    .toList();
            assertEquals(own.size(), row.rankings() - row.withoutValue().getOrDefault(measure, 0));
            double mean = own.stream().mapToDouble(value -> value).average().orElseThrow();
            assertEquals(row.means().get(measure), mean, 1e-12);
        });
    }
}
