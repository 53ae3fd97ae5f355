/**
 * Weights on disk: named tensors, and the two formats that they come in.
 *
 * <p>Open {@link org.hybridir.weights.TensorSource} first; {@link org.hybridir.weights.SafetensorsFile} and
 * {@link org.hybridir.weights.TensorBundle} are two of them, {@link org.hybridir.weights.InMemoryTensors} is the third.
 * {@link org.hybridir.weights.SafetensorsWriter} writes any of them down, and {@link org.hybridir.weights.Float16} shows them
 * rounded to half of their size. Both formats hold numbers only: nothing that is read here can be executed, which is why
 * pickles ({@code pytorch_model.bin}, {@code .pt}) are not among them.
 *
 * <p>What a tensor means (its place in a transformer) is no business of this package; that is
 * {@code org.hybridir.program}.
 */
package org.hybridir.weights;
