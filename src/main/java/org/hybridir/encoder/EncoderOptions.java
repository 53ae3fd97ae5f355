package org.hybridir.encoder;

import org.hybridir.program.Precision;

/**
 * How an encoder runs; what it computes is the artifact's business.
 *
 * @param precision the number format of the layers
 * @param threads how many forward passes may run side by side, each on one processor; at least 1
 * @param batchTokens the token budget of one forward pass, padding included; a text longer than it runs alone
 */
public record EncoderOptions(Precision precision, int threads, int batchTokens) {
    public EncoderOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not [" + threads + "]");
        }
        if (batchTokens < 1) {
            throw new IllegalArgumentException("batch tokens must be at least 1, not [" + batchTokens + "]");
        }
    }

    /** FP32 on all processors, 1024 tokens a forward pass. */
    public static EncoderOptions defaults() {
        return new EncoderOptions(Precision.FP32, Runtime.getRuntime().availableProcessors(), 1024);
    }
}
