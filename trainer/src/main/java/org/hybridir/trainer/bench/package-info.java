/**
 * Benchmarks that a person starts: what we do, beside the plain way of doing it, in one run. Nothing here is used by
 * anything else.
 *
 * <ul>
 *   <li>{@code RankingBenchmark}: counting ranks in blocks, beside scoring and sorting all.
 *   <li>{@code TrainingBenchmark}: a step of training, beside DJL's.
 *   <li>{@link org.hybridir.trainer.bench.EncodingBenchmark}: texts to vectors. A {@code Contestant} encodes: our encoder
 *       ({@code OwnEncoder}), or ONNX Runtime on a graph of its own operators ({@code OnnxPeer}); {@code EncodingTrial} lets
 *       them run in turns, {@code EncodingTables} prints.
 *   <li>{@link org.hybridir.trainer.bench.NodeBenchmark}: a running node that is written to and searched by a {@code Crew}
 *       of threads, for seconds or, as a soak test, for minutes; {@code NodeTables} prints.
 * </ul>
 */
package org.hybridir.trainer.bench;
