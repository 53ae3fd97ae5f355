package org.hybridir.trainer.batch;

import java.util.List;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.data.TrainingData;

/**
 * Batches whose pairs have two languages each (X-Y); one batch mixes pairs of many languages. Pairs of one language are not
 * used.
 */
public final class CrossLingualSampler implements BatchSampler {
    private final DeckTable decks;

    /** @throws IllegalArgumentException if no pair has query and passage in different languages */
    public CrossLingualSampler(TrainingData data, SamplerSettings settings) {
        requireCrossLingual(data);
        decks = new DeckTable(
                BatchKind.CROSS_LINGUAL, data, settings, pair -> !pair.monolingual(), pair -> "the cross-lingual");
    }

    private static void requireCrossLingual(TrainingData data) {
        if (data.sets().stream().flatMap(set -> set.pairs().stream()).allMatch(Pair::monolingual)) {
            throw new IllegalArgumentException(
                    "cross-lingual batches need pairs whose query and passage are in different languages, and the data has"
                            + " only pairs of one language (found " + data.languages()
                            + "); add a parallel data set, or train with the strategy [monolingual] or [mixed]");
        }
    }

    @Override
    public List<Batch> next() {
        return List.of(draw(1));
    }

    Batch draw(double weight) {
        return decks.draw(weight);
    }
}
