package org.hybridir.trainer.batch;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.hybridir.trainer.data.TrainingData;

/** What the batches of a run are. */
public enum Strategy {
    /** One language a batch: the paper's X-X. */
    MONOLINGUAL("monolingual", MonolingualSampler::new),
    /** Two languages in every pair: the paper's X-Y. */
    CROSS_LINGUAL("cross-lingual", CrossLingualSampler::new),
    /** Each batch monolingual or cross-lingual by chance: the paper's proposal. */
    HYBRID("hybrid", HybridSampler::new),
    /** Both losses in every step, weighted. */
    MULTI_TASK("multi-task", MultiTaskSampler::new),
    /** Same-language pairs of all languages in one batch: LAReQA's X-X. */
    MIXED("mixed", MixedSampler::new);

    private final String key;
    private final BiFunction<TrainingData, SamplerSettings, BatchSampler> maker;

    Strategy(String key, BiFunction<TrainingData, SamplerSettings, BatchSampler> maker) {
        this.key = key;
        this.maker = maker;
    }

    /** How commands and files write it. */
    public String key() {
        return key;
    }

    /** The strategy that is written so. Throws IllegalArgumentException: unknown strategy [x], known ones [...]. */
    public static Strategy of(String key) {
        for (Strategy strategy : values()) {
            if (strategy.key.equals(key)) {
                return strategy;
            }
        }
        String known = Arrays.stream(values()).map(Strategy::key).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("unknown strategy [" + key + "], known ones [" + known + "]");
    }

    /**
     * A sampler over the data, before its first step.
     *
     * @throws IllegalArgumentException if the data has no pairs of the kind that the strategy needs, or too few
     */
    public BatchSampler sampler(TrainingData data, SamplerSettings settings) {
        return maker.apply(data, settings);
    }
}
