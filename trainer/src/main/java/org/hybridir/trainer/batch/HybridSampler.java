package org.hybridir.trainer.batch;

import java.util.List;
import java.util.Random;
import org.hybridir.trainer.data.TrainingData;

/**
 * Each batch is monolingual with probability alpha, else cross-lingual, as {@link MonolingualSampler} and {@link
 * CrossLingualSampler} draw them. With alpha 1 or 0 the other kind needs no pairs.
 */
public final class HybridSampler implements BatchSampler {
    private final double alpha;
    private final MonolingualSampler monolingual;
    private final CrossLingualSampler crossLingual;
    private final Random random;

    /** @throws IllegalArgumentException if the data has no pairs of a kind that alpha asks for */
    public HybridSampler(TrainingData data, SamplerSettings settings) {
        alpha = settings.alpha();
        monolingual = alpha > 0 ? new MonolingualSampler(data, settings) : null;
        crossLingual = alpha < 1 ? new CrossLingualSampler(data, settings) : null;
        random = Seeds.random(settings.seed(), Strategy.HYBRID.key(), 0);
    }

    @Override
    public List<Batch> next() {
        // nextDouble is below 1 and not below 0: alpha 1 is always monolingual, alpha 0 never
        return random.nextDouble() < alpha ? monolingual.next() : crossLingual.next();
    }
}
