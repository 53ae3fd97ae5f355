/**
 * The losses: {@link org.hybridir.trainer.loss.ContrastiveLoss}, which ranks, and {@link
 * org.hybridir.trainer.loss.CrossEntropyLoss}, which judges pair by pair. Begin with {@link
 * org.hybridir.trainer.loss.Loss}.
 *
 * <p>A loss is text of the program, so that PyTorch derives it; which pairs make a batch is not its business.
 */
package org.hybridir.trainer.loss;
