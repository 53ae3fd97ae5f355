/**
 * Which pairs make a batch: the strategies of training, one sampler each.
 *
 * <p>Start with {@link org.hybridir.trainer.batch.Strategy}, which makes a {@link org.hybridir.trainer.batch.BatchSampler}
 * over training data. The samplers follow "Synergistic Approach for Simultaneous Optimization of Monolingual,
 * Cross-lingual, and Multilingual Information Retrieval" (Elmahdy et al., 2024, arXiv 2408.10536): its X-X, X-Y and hybrid
 * batches, beside the multi-task step and the mixed batches that they are compared with. All of them draw from a {@code
 * DeckTable}: first the data set, then one of its {@code Deck}s, then the next cards of it.
 *
 * <p>All is decided by the seed, so a run continues where it stopped by {@link
 * org.hybridir.trainer.batch.BatchSampler#skip}. What does not belong here: tokens, tensors, losses.
 */
package org.hybridir.trainer.batch;
