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
        int padId) {

    public TransformerConfig {
        if (family == null) {
            throw new IllegalArgumentException("the family of a transformer must be given");
        }
        positive("vocabulary", vocabulary);
        positive("hidden", hidden);
        positive("layers", layers);
        positive("heads", heads);
        positive("intermediate", intermediate);
        positive("positions", positions);
        positive("token types", tokenTypes);
        if (hidden % heads != 0) {
            throw new IllegalArgumentException(
                    "the number of heads must divide hidden [" + hidden + "], and [" + heads + "] does not");
        }
        if (!(layerNormEps > 0 && layerNormEps < 1)) {
            throw new IllegalArgumentException("layer norm eps must be between 0 and 1, not [" + layerNormEps + "]");
        }
        if (padId < 0 || padId >= vocabulary) {
            throw new IllegalArgumentException(
                    "the padding id must be in the vocabulary of [" + vocabulary + "], not [" + padId + "]");
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not [" + value + "]");
        }
    }

    /** The longest sequence in tokens: XLM-R's positions start after the padding id. */
    public int maxTokens() {
        return family == Family.XLM_ROBERTA ? positions - padId - 1 : positions;
    }
}
