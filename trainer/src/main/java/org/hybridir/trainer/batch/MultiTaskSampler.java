package org.hybridir.trainer.batch;

import java.util.List;
import org.hybridir.trainer.data.TrainingData;

/**
 * A monolingual and a cross-lingual batch in each step, as {@link MonolingualSampler} and {@link CrossLingualSampler} draw
 * them; their losses are weighted and added.
 */
public final class MultiTaskSampler implements BatchSampler {
    private final double monolingualWeight;
    private final MonolingualSampler monolingual;
    private final CrossLingualSampler crossLingual;

    /** @throws IllegalArgumentException if the data lacks pairs of one of the kinds */
    public MultiTaskSampler(TrainingData data, SamplerSettings settings) {
        monolingualWeight = settings.monolingualWeight();
        monolingual = new MonolingualSampler(data, settings);
        crossLingual = new CrossLingualSampler(data, settings);
    }

    @Override
    public List<Batch> next() {
        return List.of(monolingual.draw(monolingualWeight), crossLingual.draw(1 - monolingualWeight));
    }
}
