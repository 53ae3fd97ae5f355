/**
 * What an encoder is trained on: pairs of a query and a passage with their languages, and the readers of data sets.
 *
 * <p>Start with {@link org.hybridir.trainer.data.Pair} and {@link org.hybridir.trainer.data.TrainingData}, which is all that
 * a run needs; {@link org.hybridir.trainer.data.DataSource} reads a data set from the text of the option {@code --data}, by
 * one reader for each format. {@link org.hybridir.trainer.data.Parallels} knows which pairs must not be each other's
 * negatives, {@link org.hybridir.trainer.data.Leakage} which of an evaluation's texts stand in the data.
 *
 * <p>What does not belong here: which pairs make a batch ({@link org.hybridir.trainer.batch}), tokens, vectors.
 */
package org.hybridir.trainer.data;
