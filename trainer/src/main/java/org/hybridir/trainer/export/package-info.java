/**
 * Exports: an artifact's encoder in the formats of other runtimes, from token ids to the vector of length one.
 *
 * <p>Begin with {@link org.hybridir.trainer.export.Export}, which writes a file, runs it in the runtime that it is for
 * and keeps it only if it gives the artifact's golden vectors. Two formats: ONNX ({@code TransformerGraph} is the program
 * of {@link org.hybridir.program.TransformerProgram} as a graph, {@code OnnxFile} its bytes, {@code OnnxNet} the run in
 * ONNX Runtime) and TorchScript ({@code TorchScriptFile} puts the weights beside the program's own text, {@code
 * TorchScriptNet} runs it through DJL the way OpenSearch's ml-commons does, {@code MlCommonsModel} is what that plugin
 * wants around it).
 *
 * <p>{@link org.hybridir.trainer.export.FusedGraph} is no export: it is the encoder as fast as ONNX Runtime can be made, for
 * comparisons of speed.
 *
 * <p>Every weight is streamed from the artifact's mapped files; no more than one tensor is in memory. What does not belong
 * here: the artifact itself, which the core's {@code ArtifactWriter} writes.
 */
package org.hybridir.trainer.export;
