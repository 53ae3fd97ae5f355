package org.hybridir.trainer.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.hybridir.trainer.batch.Strategy;
import org.junit.jupiter.api.Test;

final class SweepPlanTest {
    private static final List<Strategy> BOTH = List.of(Strategy.MONOLINGUAL, Strategy.HYBRID);

    @Test
    void runsAreAllVariantsOfOneSeedThenTheNext() {
        SweepPlan plan = new SweepPlan(BOTH, List.of(.25, .5), List.of(1L, 2L));
        assertEquals(
                List.of(
                        "monolingual-seed-1",
                        "hybrid-0.25-seed-1",
                        "hybrid-0.5-seed-1",
                        "monolingual-seed-2",
                        "hybrid-0.25-seed-2",
                        "hybrid-0.5-seed-2"),
                plan.runs().stream().map(SweepRun::key).toList());
    }

    @Test
    void alphasAreNeededOnlyByHybrid() {
        SweepPlan plan = new SweepPlan(List.of(Strategy.MIXED), List.of(), List.of(1L));
        assertEquals(
                List.of("mixed"), plan.variants().stream().map(Variant::key).toList());
    }

    @Test
    void refusals() {
        assertRefused("strategies are []; give at least one strategy", List.of(), List.of(.5), List.of(1L));
        assertRefused("alphas are []; give at least one alpha", BOTH, List.of(), List.of(1L));
        assertRefused("seeds are []; give at least one seed", BOTH, List.of(.5), List.of());
        assertRefused("seeds are [1, 1]; give each seed once", BOTH, List.of(.5), List.of(1L, 1L));
        assertRefused("alphas are [1.5]; each must be at least [0] and at most [1]", BOTH, List.of(1.5), List.of(1L));
        assertRefused(
                "alphas are [NaN]; each must be at least [0] and at most [1]", BOTH, List.of(Double.NaN), List.of(1L));
    }

    private static void assertRefused(
            String message, List<Strategy> strategies, List<Double> alphas, List<Long> seeds) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new SweepPlan(strategies, alphas, seeds));
        assertEquals(message, e.getMessage());
    }
}
