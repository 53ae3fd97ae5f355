package org.hybridir.measure;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Each question's own value of one measure, for what means cannot tell: paired tests, the worst questions.
 *
 * <p>In the cross-lingual setting a question is asked against the pool of each other language; its value is the mean over
 * those pools in which it has a relevant passage. A question without any in a setting has no value there: NaN.
 *
 * <p>Any number of threads may tell it of different questions; it is read when all are done.
 */
public final class QuestionValues implements CountListener {
    private final int[] poolSizes;
    private final Measure measure;
    private final Map<Setting, double[]> values = new EnumMap<>(Setting.class);

    /**
     * @param questions how many there are
     * @param poolSizes passages of each language
     */
    public QuestionValues(int questions, int[] poolSizes, Measure measure) {
        this.poolSizes = poolSizes.clone();
        this.measure = measure;
        for (Setting setting : Setting.values()) {
            double[] none = new double[questions];
            Arrays.fill(none, Double.NaN);
            values.put(setting, none);
        }
    }

    @Override
    public void counted(int question, int language, int[] goldLanguages, int[][] counts) {
        PoolRanks ranks = new PoolRanks(goldLanguages, counts);
        put(Setting.MONOLINGUAL, question, value(ranks.among(language), poolSizes[language]));
        put(
                Setting.CROSS_LINGUAL,
                question,
                IntStream.range(0, poolSizes.length)
                        .filter(pool -> pool != language)
                        .mapToObj(pool -> value(ranks.among(pool), poolSizes[pool]))
                        .flatMapToDouble(OptionalDouble::stream)
                        .average());
        put(
                Setting.MULTILINGUAL,
                question,
                value(ranks.amongAll(), IntStream.of(poolSizes).sum()));
    }

    private OptionalDouble value(int[] ranks, int poolSize) {
        return ranks.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(measure.of(new RelevantRanks(ranks, poolSize)));
    }

    private void put(Setting setting, int question, OptionalDouble value) {
        if (measure.in(setting)) {
            values.get(setting)[question] = value.orElse(Double.NaN);
        }
    }

    /** [question], in the order in which questions were given to the ranking; NaN where there is no value. */
    public double[] in(Setting setting) {
        return values.get(setting).clone();
    }
}
