package org.hybridir.encoder;

import org.hybridir.program.Precision;
import org.hybridir.program.PrecisionRequest;

/**
 * How an encoder runs; what it computes is the artifact's business. Start from {@link #defaults} and change what differs.
 *
 * @param precision the number format of the layers, or the request to choose it by the processor
 * @param threads how many forward passes may run side by side in a lane; at least 1
 * @param threadsPerQuery how many of them share the pass of a query that has the encoder to itself; at least 1
 * @param batchTokens the token budget of one forward pass, padding included; a text longer than it runs alone
 * @param queueTokens how many tokens may wait in each lane; a request that finds its lane empty may be longer
 */
public record EncoderOptions(
        PrecisionRequest precision, int threads, int threadsPerQuery, int batchTokens, long queueTokens) {
    public EncoderOptions {
        atLeastOne("threads", threads);
        atLeastOne("threads per query", threadsPerQuery);
        atLeastOne("batch tokens", batchTokens);
        atLeastOne("queue tokens", queueTokens);
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not [" + value + "]");
        }
    }

    /**
     * FP32; as many passes as there are processors, each on one thread, which computes more than one pass that is spread,
     * but for a query that comes alone: four threads share it, and more would wait for each other longer than they compute;
     * 256 tokens a pass, from which on a pass gains nothing by more, while its length and its padding grow; any number of
     * tokens waiting.
     */
    public static EncoderOptions defaults() {
        return new EncoderOptions(
                PrecisionRequest.of(Precision.FP32),
                Runtime.getRuntime().availableProcessors(),
                4,
                256,
                Long.MAX_VALUE);
    }

    public EncoderOptions withPrecision(Precision other) {
        return withPrecision(PrecisionRequest.of(other));
    }

    public EncoderOptions withPrecision(PrecisionRequest other) {
        return new EncoderOptions(other, threads, threadsPerQuery, batchTokens, queueTokens);
    }

    public EncoderOptions withThreads(int other) {
        return new EncoderOptions(precision, other, threadsPerQuery, batchTokens, queueTokens);
    }

    public EncoderOptions withThreadsPerQuery(int other) {
        return new EncoderOptions(precision, threads, other, batchTokens, queueTokens);
    }

    public EncoderOptions withBatchTokens(int other) {
        return new EncoderOptions(precision, threads, threadsPerQuery, other, queueTokens);
    }

    public EncoderOptions withQueueTokens(long other) {
        return new EncoderOptions(precision, threads, threadsPerQuery, batchTokens, other);
    }
}
