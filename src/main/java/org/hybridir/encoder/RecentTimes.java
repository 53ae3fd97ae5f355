package org.hybridir.encoder;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Percentiles of the durations of the last five to ten minutes, to two digits; what was longer ago would hide what is now.
 * Not thread-safe.
 */
final class RecentTimes {
    private static final long PERIOD = TimeUnit.MINUTES.toNanos(5);
    /** A longer duration counts as this. */
    private static final long MAX_MICROS = TimeUnit.HOURS.toMicros(1);

    private final LongSupplier clock;
    private Histogram before = new Histogram(MAX_MICROS, 2);
    private Histogram now = new Histogram(MAX_MICROS, 2);
    private long periodStart;

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    RecentTimes(LongSupplier clock) {
        this.clock = clock;
        this.periodStart = clock.getAsLong();
    }

    void add(long nanos) {
        turn();
        now.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, MAX_MICROS));
    }

    /** {@code p50}, {@code p90} and {@code p99} in milliseconds; empty if there were none. */
    Map<String, Object> percentiles() {
        turn();
        Histogram both = before.copy();
        both.add(now);
        Map<String, Object> percentiles = new LinkedHashMap<>();
        if (both.getTotalCount() > 0) {
            for (int percent : new int[] {50, 90, 99}) {
                percentiles.put("p" + percent, both.getValueAtPercentile(percent) / 1000.0);
            }
        }
        return percentiles;
    }

    /** Forgets the period before the last one. */
    private void turn() {
        long periods = (clock.getAsLong() - periodStart) / PERIOD;
        if (periods >= 1) {
            Histogram forgotten = before;
            before = now;
            now = forgotten;
            now.reset();
            periodStart += periods * PERIOD;
        }
        if (periods >= 2) {
            before.reset();
        }
    }
}
