/**
 * Text to vector, the same way at ingest, at query, in training and in evaluation.
 *
 * <p>Begin with {@link org.hybridir.encoder.Encoder}: it opens an artifact and encodes texts. An artifact is a folder in
 * the layout of sentence-transformers with two files of ours, {@code hybrid_ir.json} ({@link
 * org.hybridir.encoder.Manifest}) and {@code golden.json} (a few texts with their vectors); {@link
 * org.hybridir.encoder.ArtifactWriter} writes it. A text goes the way prefix, cut, {@code TextTokenizer}, {@code
 * Lanes}, {@code ForwardPass} (the program of {@link org.hybridir.program} and the pooling), and comes back as an
 * {@link org.hybridir.encoder.Encoding}.
 *
 * <p>Only Java types cross this border; PyTorch's arrays never leave it. What does not belong here: tensors on disk
 * (weights), the transformer's arithmetic (program), and everything about OpenSearch.
 */
package org.hybridir.encoder;
