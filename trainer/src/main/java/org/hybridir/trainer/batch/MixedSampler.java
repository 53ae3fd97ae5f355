package org.hybridir.trainer.batch;

import java.util.List;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.data.TrainingData;

/**
 * Batches of pairs that have one language each, but not all the same (LAReQA's X-X; its X-X-mono is {@link
 * MonolingualSampler}). Languages come as often as the data has them.
 */
public final class MixedSampler implements BatchSampler {
    private final DeckTable decks;

    /** @throws IllegalArgumentException if no pair has query and passage in one language */
    public MixedSampler(TrainingData data, SamplerSettings settings) {
        MonolingualSampler.requireMonolingual("mixed", data);
        decks = new DeckTable(BatchKind.MIXED, data, settings, Pair::monolingual, pair -> "the same-language");
    }

    @Override
    public List<Batch> next() {
        return List.of(decks.draw(1));
    }
}
