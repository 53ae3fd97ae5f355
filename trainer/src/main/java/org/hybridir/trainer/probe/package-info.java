/**
 * Cross-lingual transfer: what a linear classifier, trained on frozen vectors of English text, still knows in other languages.
 *
 * <p>The task is XNLI (Conneau et al., 2018, arXiv 1809.05053): does a premise entail a hypothesis, contradict it, or neither?
 * {@link org.hybridir.trainer.probe.XnliFolder} reads its files, {@link org.hybridir.trainer.probe.PairFeatures} makes one
 * vector of the two texts' vectors, {@link org.hybridir.trainer.probe.SoftmaxRegression} is the classifier, and
 * {@link org.hybridir.trainer.probe.Probe} puts them together. Open {@code Probe} first.
 *
 * <p>The encoder is never changed. A probe says what its vectors hold, not what an encoder fine-tuned on the task would reach.
 */
package org.hybridir.trainer.probe;
