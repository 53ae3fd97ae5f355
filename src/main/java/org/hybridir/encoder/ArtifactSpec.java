package org.hybridir.encoder;

import java.util.Optional;
import org.hybridir.program.TransformerConfig;
import org.hybridir.weights.TensorSource;

/**
 * Everything that an artifact is written from; {@link ArtifactWriter} adds hashes and golden vectors.
 *
 * @param config the transformer's shape
 * @param tokenizerJson the text of HuggingFace's {@code tokenizer.json}
 * @param weights the transformer's tensors under HuggingFace's names without the model prefix, such as
 *     {@code embeddings.word_embeddings.weight}, kernels as [out, in]; others are left out
 * @param pooling how tokens become one vector
 * @param dense the layer after pooling, if any
 * @param denseWeights {@code linear.weight} [out, in] and {@code linear.bias} [out]; present exactly if dense is
 * @param manifest names, prefixes, lengths and provenance; its {@code files} are ignored
 */
public record ArtifactSpec(
        TransformerConfig config,
        String tokenizerJson,
        TensorSource weights,
        Pooling pooling,
        Optional<Dense> dense,
        Optional<TensorSource> denseWeights,
        Manifest manifest) {

    public ArtifactSpec {
        if (dense.isPresent() != denseWeights.isPresent()) {
            throw new IllegalArgumentException("a dense layer and its weights must both be given or both be absent");
        }
    }

    /** An artifact without dense layer. */
    public static ArtifactSpec of(
            TransformerConfig config, String tokenizerJson, TensorSource weights, Pooling pooling, Manifest manifest) {
        return new ArtifactSpec(config, tokenizerJson, weights, pooling, Optional.empty(), Optional.empty(), manifest);
    }
}
