package org.hybridir.encoder;

import java.util.Arrays;
import org.hybridir.program.LayerArithmetic;
import org.hybridir.program.TransformerConfig;

/**
 * The bytes that an open encoder takes outside the Java heap, before they are taken.
 *
 * @param weights of all tensors, at four bytes a number as they lie in the mapped file, and of the copies that passes compute with
 * @param buffers of as many passes as may run at once, each over as many tokens as a pass may hold
 */
record EncoderBytes(long weights, long buffers) {
    static EncoderBytes of(Artifact artifact, LayerArithmetic arithmetic, EncoderOptions options) {
        TransformerConfig config = artifact.config();
        long numbers = EncoderProgram.shapes(artifact).values().stream()
                .mapToLong(shape -> Arrays.stream(shape).reduce(1, Math::multiplyExact))
                .sum();
        long embedded = (long) (config.vocabulary() + config.positions() + config.tokenTypes()) * config.hidden();
        long packed = arithmetic.precision().bytes() * (numbers - embedded);
        long tokens = Math.max(options.batchTokens(), artifact.manifest().passageTokens());
        return new EncoderBytes(
                Float.BYTES * numbers + packed,
                TextRole.values().length * options.threads() * tokens * bytesOfToken(config));
    }

    /**
     * Of one token inside a layer: its vector, query, key, value, their mixture and the sum, and the wide vector before and
     * after the activation.
     */
    private static long bytesOfToken(TransformerConfig config) {
        return (long) Float.BYTES * (6L * config.hidden() + 2L * config.intermediate());
    }

    long total() {
        return weights + buffers;
    }

    /** Of a request while it waits and runs: its token ids and its vectors. */
    static long ofRequest(EncodingRequest request, int dimension) {
        return Long.BYTES * request.tokens()
                + (long) Float.BYTES * dimension * request.texts().size();
    }
}
