/**
 * Imports: published encoders become artifact folders.
 *
 * <p>Two sources. {@link org.hybridir.trainer.artifact.Mbert} is Google's multilingual BERT as an artifact of Maven
 * Central, a TensorFlow checkpoint ({@link org.hybridir.trainer.artifact.TensorFlowBert} shows it under HuggingFace's
 * names). {@link org.hybridir.trainer.artifact.HuggingFaceFolder} is a folder of the BERT or XLM-R family with safetensors
 * weights, with or without sentence-transformers' modules. Both end in an {@code ArtifactSpec}, which the core's
 * {@code ArtifactWriter} writes; nothing here writes artifact files, and nothing here executes what it reads.
 */
package org.hybridir.trainer.artifact;
