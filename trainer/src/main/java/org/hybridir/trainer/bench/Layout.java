package org.hybridir.trainer.bench;

import java.util.List;

/**
 * How threads are put to work.
 *
 * @param workers how many forward passes run side by side
 * @param threadsPerPass how many threads share one of them
 */
record Layout(int workers, int threadsPerPass) {
    /** The two ends: one pass at a time spread over all threads, and as many passes as threads. One if it is one thread. */
    static List<Layout> of(int threads) {
        return threads == 1 ? List.of(new Layout(1, 1)) : List.of(new Layout(1, threads), new Layout(threads, 1));
    }

    /** Such as {@code 2x1}: two workers of one thread. */
    @Override
    public String toString() {
        return workers + "x" + threadsPerPass;
    }
}
