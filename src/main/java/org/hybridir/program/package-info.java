/**
 * The transformer as a TorchScript program that is written here, and the archive that carries it to libtorch.
 *
 * <p>The program is fixed text made from a {@link org.hybridir.program.TransformerConfig}; the weights are its
 * arguments. So a model that somebody hands over is only ever data: nothing in it is executed. Begin with
 * {@link org.hybridir.program.TransformerProgram}; {@link org.hybridir.program.TransformerWeights} says which tensors
 * it takes, in which order and of which shape; {@link org.hybridir.program.HuggingFaceConfig} reads and writes
 * {@code config.json}. To serve, {@link org.hybridir.program.PackedLayers} does the same in fewer steps and in
 * fewer bits; {@link org.hybridir.program.PrecisionRequest} says which bits a {@link org.hybridir.program.Processor} gives.
 *
 * <p>What does not belong here: text, tokens, pooling, files of an artifact. They are the encoder's.
 */
package org.hybridir.program;
