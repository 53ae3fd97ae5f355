package org.hybridir.trainer.bench;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hybridir.encoder.TextRole;

/** Something that makes vectors of texts, tokenising, pooling and normalising included. */
interface Contestant extends Closeable {
    /** Shown in tables. */
    String name();

    /** The peer that it is one form of, such as {@code onnx int8}; empty if it is ours. */
    Optional<String> peer();

    /** One vector of length one for each text, in the order given. */
    List<float[]> encode(List<String> texts, TextRole role) throws IOException;

    /** What was computed since it was opened. */
    Computed computed();

    /**
     * Tokens of forward passes.
     *
     * @param tokens of texts
     * @param padded these and the padding beside them
     */
    record Computed(long tokens, long padded) {
        Computed since(Computed before) {
            return new Computed(tokens - before.tokens, padded - before.padded);
        }

        Computed plus(Computed other) {
            return new Computed(tokens + other.tokens, padded + other.padded);
        }

        /** How much of what was computed is padding. */
        double paddedShare() {
            return padded == 0 ? 0 : (double) (padded - tokens) / padded;
        }
    }
}
