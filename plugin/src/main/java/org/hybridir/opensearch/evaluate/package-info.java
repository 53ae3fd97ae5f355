/**
 * {@code POST _hybrid_ir/_evaluate}: how well an encoder finds the passages of an index, exactly or by real searches.
 *
 * <p>An evaluation needs, of each ranking, only where the relevant passages (the golds) stand. So no ranking of
 * thousands of passages is ever sent or sorted. For a block of questions, each shard first tells its golds with their
 * scores (pass one, {@link org.hybridir.opensearch.evaluate.Pass.Gather}); then each shard counts how many of its
 * passages of each language stand before each gold, and which ten of all come first (pass two,
 * {@link org.hybridir.opensearch.evaluate.Pass.Count}). Counts of shards add up, and from the sums come the ranks in every
 * pool at once: monolingual, each cross-lingual pair, multilingual. At the end the texts of the few questions that were
 * answered worst are read, to be shown.
 *
 * <p>Open {@link org.hybridir.opensearch.evaluate.EvaluationRun} first: it is the evaluation from its first step to its
 * last, on the node that was asked. {@link org.hybridir.opensearch.evaluate.ExactRanking} sends a block through the passes;
 * {@link org.hybridir.opensearch.evaluate.ShardPassages} is the work on a shard. All passes must read the same passages: the
 * survey of each shard gives a fingerprint of what it holds, and a later pass that finds another one fails the evaluation.
 *
 * <p>In the search mode, {@link org.hybridir.opensearch.evaluate.SearchRanking} ranks blocks of questions by real searches
 * instead, which know the ranks of the first hits only; {@link org.hybridir.opensearch.evaluate.ExactComparison} tells what
 * they lose against the exact ranking.
 *
 * <p>An evaluation is a task. {@link org.hybridir.opensearch.evaluate.EvaluationStatus} is how far it is; a cancellation ends
 * it at once, whatever it waits for; what was asked of shards ends at the next checkpoint, and what waits for the encoder is
 * withdrawn.
 * {@link org.hybridir.opensearch.evaluate.KeptRuns} runs those whose result is kept, waited for or not; where it is kept is
 * {@link org.hybridir.opensearch.result}'s affair.
 *
 * <p>Scores, the order of equal scores, counts, ranks and measures are {@link org.hybridir.measure}'s; nothing here
 * computes them a second time.
 */
package org.hybridir.opensearch.evaluate;
