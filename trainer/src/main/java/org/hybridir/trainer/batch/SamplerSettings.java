package org.hybridir.trainer.batch;

/**
 * How batches are drawn.
 *
 * @param batchSize pairs a batch, 2 or more
 * @param alpha the probability, from 0 to 1, that a batch of the hybrid strategy is monolingual; the paper's alpha, there 0.5
 * @param monolingualWeight of the monolingual loss in a step of the multi-task strategy, from 0 to 1; the cross-lingual
 *     loss has the rest
 * @param seed decides every draw
 * @param allowDuplicates whether a batch may hold pairs with the same query, the same passage or parallel passages, which
 *     then are false negatives of each other
 * @param neighbours how many pairs that lie side by side in their data come into a batch together, 1 or more. Sentences of
 *     one document, questions about one paragraph: each other's hard negatives, at no cost (after the topic-aware batches
 *     of Hofstätter et al. 2021)
 */
public record SamplerSettings(
        int batchSize, double alpha, double monolingualWeight, long seed, boolean allowDuplicates, int neighbours) {
    public SamplerSettings {
        if (batchSize < 2) {
            throw new IllegalArgumentException(
                    "the batch size must be 2 or more, for one pair has no negative, but is [" + batchSize + "]");
        }
        if (neighbours < 1 || neighbours > batchSize) {
            throw new IllegalArgumentException("neighbours are [" + neighbours
                    + "]; allowed is from [1], each pair by itself, to the batch size [" + batchSize + "]");
        }
        requireShare("alpha", alpha);
        requireShare("the weight of monolingual batches", monolingualWeight);
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " must be from 0 to 1, but is [" + value + "]");
        }
    }
}
