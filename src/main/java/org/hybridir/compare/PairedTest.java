package org.hybridir.compare;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How two systems are told apart, wherever they are: a {@link RandomisationTest} of their differences, a {@link Bootstrap}
 * interval of the mean difference, and {@link PairedValues#effectSize}.
 */
public record PairedTest(RandomisationTest randomisation, Bootstrap bootstrap) {
    /** With the usual draws and resamples, seed 0: the same values give the same outcome. */
    public static PairedTest standard() {
        return new PairedTest(new RandomisationTest(RandomisationTest.DRAWS, 0), new Bootstrap(Bootstrap.RESAMPLES, 0));
    }

    /** The outcome on values of at least one question. */
    public PairedOutcome of(PairedValues values) {
        double[] differences = values.differences();
        return new PairedOutcome(
                values.size(),
                values.meanA(),
                values.meanB(),
                bootstrap.interval(differences),
                values.effectSize(),
                randomisation.p(differences));
    }

    /** What the {@linkplain #standard standard} test does, for readers of JSON. */
    public static Map<String, Object> describe() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("unit", "question id: its value is the mean over the languages in which both results have one");
        map.put("difference", "mean of a less mean of b, over question ids");
        map.put("interval", "percentile bootstrap over question ids");
        map.put("level", Bootstrap.LEVEL);
        map.put("resamples", Bootstrap.RESAMPLES);
        map.put("effect_size", "Cohen's d_z: mean of the paired differences / their standard deviation");
        map.put("p", "paired two-sided randomisation test over question ids");
        map.put("draws", RandomisationTest.DRAWS);
        map.put(
                "p_holm",
                "p corrected by Holm's method for all pairs of results in all settings, each measure by itself");
        map.put("seed", 0);
        return map;
    }
}
