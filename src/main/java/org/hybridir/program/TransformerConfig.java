package org.hybridir.program;

/**
 * The shape of a transformer, as HuggingFace's {@code config.json} says it.
 *
 * @param family decides positions and names
 * @param vocabulary rows of the word embeddings
 * @param hidden width of a token's vector
 * @param layers how many
 * @param heads attention heads; divides hidden
 * @param intermediate width of the feed-forward layer
 * @param positions rows of the position embeddings
 * @param tokenTypes rows of the token type embeddings
 * @param layerNormEps added to the variance
 * @param padId the padding token's id
 */
public record TransformerConfig(
        Family family,
        int vocabulary,
        int hidden,
        int layers,
        int heads,
        int intermediate,
        int positions,
        int tokenTypes,
        double layerNormEps,
        int padId) {}
