package org.hybridir.trainer.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How long answers took, to three digits. Not thread-safe: each thread has its own, and one adds the others up. */
final class Latencies {
    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Histogram nanos = new Histogram(3);

    /** Runs something and records how long it took, unless it fails. */
    <E extends Exception> void time(Work<E> work) throws E {
        long start = System.nanoTime();
        work.run();
        record(System.nanoTime() - start);
    }

    /** What is timed. */
    interface Work<E extends Exception> {
        void run() throws E;
    }

    void record(long took) {
        nanos.recordValue(took);
    }

    void add(Latencies other) {
        nanos.add(other.nanos);
    }

    Percentiles percentiles() {
        return new Percentiles(nanos.getTotalCount(), millis(50), millis(90), millis(99));
    }

    private double millis(double percent) {
        return nanos.getTotalCount() == 0 ? Double.NaN : nanos.getValueAtPercentile(percent) / NANOS_PER_MILLI;
    }

    /**
     * Milliseconds within which a share of the answers came; NaN if there were none.
     *
     * @param count answers
     * @param median within which half of them came
     */
    record Percentiles(long count, double median, double p90, double p99) {
        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("count", count);
            map.put("p50_ms", median);
            map.put("p90_ms", p90);
            map.put("p99_ms", p99);
            return map;
        }
    }
}
