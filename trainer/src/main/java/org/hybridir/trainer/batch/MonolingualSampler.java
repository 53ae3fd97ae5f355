package org.hybridir.trainer.batch;

import java.util.List;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.data.TrainingData;

/**
 * Batches of one language (X-X): the data set by weight, then one of its languages uniformly, however many pairs each has.
 * Pairs of two languages are not used.
 */
public final class MonolingualSampler implements BatchSampler {
    private final DeckTable decks;

    /** @throws IllegalArgumentException if no pair has query and passage in one language */
    public MonolingualSampler(TrainingData data, SamplerSettings settings) {
        requireMonolingual("monolingual", data);
        decks = new DeckTable(
                BatchKind.MONOLINGUAL,
                data,
                settings,
                Pair::monolingual,
                pair -> "the monolingual [" + pair.queryLanguage() + "]");
    }

    static void requireMonolingual(String what, TrainingData data) {
        if (data.sets().stream().flatMap(set -> set.pairs().stream()).noneMatch(Pair::monolingual)) {
            throw new IllegalArgumentException(what + " batches need pairs whose query and passage are in one language,"
                    + " and the data has none (languages " + data.languages()
                    + ", each pair in two of them); add such a data set, or train with the strategy [cross-lingual]");
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
