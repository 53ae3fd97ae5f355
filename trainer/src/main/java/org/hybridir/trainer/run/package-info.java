/**
 * A training run: {@link org.hybridir.trainer.run.TrainingRun} draws batches, trains, validates and saves, by {@link
 * org.hybridir.trainer.run.RunSettings}. Its listeners write {@code metrics.jsonl} and draw {@code training.svg}.
 *
 * <p>What does not belong here: which pairs make a batch (batch), what the encoder computes (model), what the command line
 * looks like (the commands).
 */
package org.hybridir.trainer.run;
