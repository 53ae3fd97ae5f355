package org.hybridir.trainer.artifact;

import java.util.Optional;
import org.hybridir.encoder.Pooling;

/**
 * What the person who imports decides; what is absent is taken from the source, or else from the defaults.
 *
 * @param name of the artifact; else the source's
 * @param queryPrefix put before each query; else the source's prompt, else none
 * @param passagePrefix put before each passage; else the source's prompt, else none
 * @param queryTokens longest query; else {@value #QUERY_TOKENS}
 * @param passageTokens longest passage; else the source's {@code max_seq_length}, at most {@value #PASSAGE_TOKENS}
 * @param pooling for a source without sentence-transformers' modules; else the mean
 */
public record ImportSettings(
        Optional<String> name,
        Optional<String> queryPrefix,
        Optional<String> passagePrefix,
        Optional<Integer> queryTokens,
        Optional<Integer> passageTokens,
        Optional<Pooling> pooling) {
    static final int QUERY_TOKENS = 64;
    static final int PASSAGE_TOKENS = 256;

    /** Nothing decided. */
    public static ImportSettings none() {
        return new ImportSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same but for the pooling. */
    public ImportSettings withPooling(Optional<Pooling> other) {
        return new ImportSettings(name, queryPrefix, passagePrefix, queryTokens, passageTokens, other);
    }
}
