package org.hybridir.trainer.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hybridir.compare.PairedTest;
import org.hybridir.measure.AveragePrecision;
import org.hybridir.measure.Evaluation;
import org.hybridir.measure.QuestionValues;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;
import org.hybridir.trainer.batch.Strategy;
import org.junit.jupiter.api.Test;

final class VariantComparisonTest {
    private static final PairedTest TEST = PairedTest.standard();
    private static final Variant A = Variant.of(Strategy.MONOLINGUAL);
    private static final Variant B = Variant.hybrid(.5);

    /** Questions q1, q2 and q3, the last without a value. */
    private static RunResult result(Variant variant, long seed, Double... precision) {
        Report report = new Evaluation(
                        List.of("de", "en"),
                        new int[] {1, 1},
                        EnumSet.allOf(Setting.class),
                        List.of(new AveragePrecision()))
                .report();
        List<Double> values = Arrays.asList(precision);
        List<Double> none = Arrays.asList(null, null, null);
        return new RunResult(
                new SweepRun(variant, seed),
                1,
                1,
                1,
                report,
                List.of("q1", "q2", "q3"),
                Map.of(Setting.MONOLINGUAL, values, Setting.CROSS_LINGUAL, none, Setting.MULTILINGUAL, none));
    }

    /** q1 in two languages, q2 in one, q3 in two without a value in one. */
    @Test
    void questionsAreAveragedOverLanguages() {
        List<Double> values = Arrays.asList(1.0, .5, .2, null, .7);
        List<Double> none = Arrays.asList(null, null, null, null, null);
        QuestionValues questions = new QuestionValues(
                List.of("q1", "q1", "q2", "q3", "q3"),
                List.of("de", "en", "de", "de", "en"),
                Map.of(
                        "AP",
                        Map.of(
                                Setting.MONOLINGUAL,
                                values,
                                Setting.CROSS_LINGUAL,
                                none,
                                Setting.MULTILINGUAL,
                                values)));
        Map<Setting, List<Double>> byId = RunResult.byId(questions);
        assertEquals(List.of(.75, .2, .7), byId.get(Setting.MONOLINGUAL));
        assertEquals(Arrays.asList(null, null, null), byId.get(Setting.CROSS_LINGUAL));
    }

    @Test
    void questionsAreAveragedOverSeeds() {
        List<RunResult> a = List.of(result(A, 1, .75, .2, null), result(A, 2, .25, .4, null));
        List<RunResult> b = List.of(result(B, 1, .4, .1, null), result(B, 2, .1, .1, null));
        VariantComparison one =
                VariantComparison.of(a, b, Setting.MONOLINGUAL, TEST).orElseThrow();
        assertEquals(2, one.outcome().questions());
        assertEquals(2, one.seeds());
        // A: q1 .5, q2 .3; B: q1 .25, q2 .1
        assertEquals(.4, one.outcome().meanA(), 1e-15);
        assertEquals(.175, one.outcome().meanB(), 1e-15);
        // differences .25 and .2: two of four patterns
        assertEquals(.5, one.outcome().p());
    }

    @Test
    void noQuestionNoComparison() {
        List<RunResult> a = List.of(result(A, 1, .75, .2, null));
        assertEquals(Optional.empty(), VariantComparison.of(a, a, Setting.CROSS_LINGUAL, TEST));
        assertEquals(Optional.empty(), VariantComparison.of(a, List.of(), Setting.MONOLINGUAL, TEST));
    }

    @Test
    void onlySeedsThatBothHave() {
        SweepPlan plan = new SweepPlan(List.of(Strategy.MONOLINGUAL, Strategy.HYBRID), List.of(.5), List.of(1L, 2L));
        SweepReport report = new SweepReport(
                Map.of(),
                plan,
                List.of(result(A, 1, .5, .5, null), result(B, 1, .5, .5, null), result(A, 2, .9, .9, null)));
        List<VariantComparison> all = VariantComparison.all(report, TEST);
        assertEquals(1, all.size());
        assertEquals(1, all.get(0).seeds());
        assertEquals(.5, all.get(0).outcome().meanA());
        assertEquals(1, all.get(0).outcome().p());
    }
}
