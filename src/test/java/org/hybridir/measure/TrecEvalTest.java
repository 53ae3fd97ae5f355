package org.hybridir.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every question's value by counting equals the one that trec_eval's definition gives for the whole list. */
class TrecEvalTest {
    private static final List<String> OURS = List.of(
            "AP",
            "RR",
            "nDCG",
            "nDCG@1",
            "nDCG@10",
            "nDCG@100",
            "R@1",
            "R@10",
            "R@100",
            "P@5",
            "P@1000",
            "Success@1",
            "Success@10");
    private static final double EQUAL = 1e-12;

    private static double theirs(String ours, TrecEval eval) {
        String[] parts = ours.split("@");
        int k = parts.length == 1 ? 0 : Integer.parseInt(parts[1]);
        return eval.measure(
                switch (parts[0]) {
                    case "AP" -> "map";
                    case "RR" -> "recip_rank";
                    case "nDCG" -> parts.length == 1 ? "ndcg" : "ndcg_cut";
                    case "R" -> "recall";
                    case "Success" -> "success";
                    default -> parts[0];
                },
                k);
    }

    private static TrecEval eval(RandomCollection c, int question, IntPredicate inPool, int depth) {
        List<String> ranked = c.sorted(question, inPool).stream()
                .limit(depth)
                .map(place -> c.ids[place])
                .toList();
        Map<String, Integer> judged = new HashMap<>();
        for (int place = 0; place < c.ids.length; place++) {
            Integer grade = c.judgements.get(place).get(c.questionNames[question]);
            if (grade != null && inPool.test(c.passageLanguages[place])) {
                judged.put(c.ids[place], grade);
            }
        }
        return new TrecEval(ranked, judged);
    }

    private static boolean anyRelevant(TrecEval eval) {
        return eval.judgements().values().stream().anyMatch(grade -> grade > 0);
    }

    private static QuestionValues counted(RandomCollection c) throws InterruptedException {
        Evaluation evaluation = evaluation(c);
        new ExactRanking(new ExactRanking.Passages(c.passages, c.passageLanguages, c.ids, c.judgements))
                .rank(
                        new ExactRanking.Questions(c.questions, c.questionLanguages, c.questionNames),
                        c.languages,
                        evaluation,
                        2,
                        done -> {});
        return evaluation.questionValues();
    }

    private static Evaluation evaluation(RandomCollection c) {
        return new Evaluation(
                IntStream.range(0, c.languages).mapToObj(i -> "l" + i).toList(),
                c.poolSizes(),
                EnumSet.allOf(Setting.class),
                OURS.stream().map(Measures::parse).toList());
    }

    /** Graded and missing judgements, judgements of grade 0, ties: few vectors are distinct. */
    @ParameterizedTest
    @CsvSource({"21, 3, 400, 120, 40", "22, 1, 60, 60, 60", "23, 5, 700, 90, 8"})
    void everyQuestionHasTheValueOfTrecEval(long seed, int languages, int passages, int questions, int distinct)
            throws InterruptedException {
        RandomCollection c = new RandomCollection(seed, languages, passages, questions, 9, distinct);
        QuestionValues values = counted(c);
        int withoutValue = 0;
        for (int question = 0; question < questions; question++) {
            int row = values.ids().indexOf(c.questionNames[question]);
            int own = c.questionLanguages[question];
            withoutValue += values.of("AP", Setting.MULTILINGUAL).get(row) == null ? 1 : 0;
            TrecEval all = eval(c, question, language -> true, passages);
            TrecEval mono = eval(c, question, language -> language == own, passages);
            List<TrecEval> others = new ArrayList<>();
            for (int pool = 0; pool < languages; pool++) {
                int target = pool;
                if (pool != own) {
                    others.add(eval(c, question, language -> language == target, passages));
                }
            }
            for (String measure : OURS) {
                assertValue(
                        measure,
                        List.of(all),
                        values.of(measure, Setting.MULTILINGUAL).get(row));
                assertValue(
                        measure,
                        List.of(mono),
                        values.of(measure, Setting.MONOLINGUAL).get(row));
                assertValue(
                        measure,
                        others,
                        values.of(measure, Setting.CROSS_LINGUAL).get(row));
            }
        }
        assertTrue(withoutValue > 0 && withoutValue < questions / 2, "without a relevant passage: " + withoutValue);
    }

    /** Equal to the mean over the pools that hold a relevant passage. */
    private static void assertValue(String measure, List<TrecEval> pools, Double value) {
        double[] expected = pools.stream()
                .filter(TrecEvalTest::anyRelevant)
                .mapToDouble(eval -> theirs(measure, eval))
                .toArray();
        if (expected.length == 0) {
            assertEquals(null, value, measure);
        } else {
            assertEquals(Arrays.stream(expected).average().orElseThrow(), value, EQUAL, measure);
        }
    }

    /** Lists that are cut at a depth: what stands behind is not retrieved, and trec_eval counts it in R. */
    @Test
    void rankingsOfLimitedDepth() {
        RandomCollection c = new RandomCollection(24, 3, 400, 100, 9, 40);
        int depth = 60;
        Evaluation evaluation = evaluation(c);
        for (int question = 0; question < 100; question++) {
            evaluation.ranked(searched(c, question, depth));
        }
        QuestionValues values = evaluation.questionValues();
        int missed = 0;
        for (int question = 0; question < 100; question++) {
            int row = values.ids().indexOf(c.questionNames[question]);
            TrecEval cut = eval(c, question, language -> true, depth);
            for (String measure : OURS) {
                assertValue(
                        measure,
                        List.of(cut),
                        values.of(measure, Setting.MULTILINGUAL).get(row));
            }
            missed += anyRelevant(cut) && cut.measure("recall", depth) < 1 ? 1 : 0;
        }
        assertTrue(missed > 30, "questions with a gold behind the depth: " + missed);
    }

    private static RankedQuestion searched(RandomCollection c, int question, int depth) {
        Golds golds = c.golds(question);
        return new RankedQuestion(
                c.questionNames[question],
                c.questionLanguages[question],
                golds,
                golds.inOrder().stream()
                        .mapToInt(gold -> rank(c, question, language -> language == gold.language(), gold, depth))
                        .toArray(),
                golds.inOrder().stream()
                        .mapToInt(gold -> rank(c, question, language -> true, gold, depth))
                        .toArray(),
                depth,
                List.of());
    }

    private static int rank(RandomCollection c, int question, IntPredicate inPool, Gold gold, int depth) {
        int place = eval(c, question, inPool, depth).ranked().indexOf(gold.id());
        return place < 0 ? RankedQuestion.NOT_RETRIEVED : place + 1;
    }
}
