/**
 * Strategies compared: the same base, data and budget of steps, trained with each strategy, each alpha, each seed, and
 * evaluated on the same test collections. Start with {@link org.hybridir.trainer.sweep.Sweep}; which runs there are is {@link
 * org.hybridir.trainer.sweep.SweepPlan}, what they share {@link org.hybridir.trainer.sweep.SweepTask}.
 *
 * <p>What a run came to on a collection is a file, {@link org.hybridir.trainer.sweep.RunResult}, from which everything else can be made again:
 * {@link org.hybridir.trainer.sweep.SweepReport} with its means and spreads over seeds, and {@link
 * org.hybridir.trainer.sweep.VariantComparison}, which asks by the core's {@link org.hybridir.compare.PairedTest} whether two
 * strategies differ by more than the luck of the questions.
 *
 * <p>What does not belong here: how a run goes (run), what a measure is (the core's measure), what the command line looks
 * like (the commands).
 */
package org.hybridir.trainer.sweep;
