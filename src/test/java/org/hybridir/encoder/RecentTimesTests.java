package org.hybridir.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RecentTimesTests {
    private final AtomicLong clock = new AtomicLong(1);
    private final RecentTimes times = new RecentTimes(clock::get);

    @Test
    void nothingHasNoPercentiles() {
        assertEquals(Map.of(), times.percentiles());
    }

    @Test
    void percentilesOfOneToAHundred() {
        for (int ms = 100; ms >= 1; ms--) {
            times.add(TimeUnit.MILLISECONDS.toNanos(ms));
        }
        Map<String, Object> found = times.percentiles();
        assertEquals(List.of("p50", "p90", "p99"), List.copyOf(found.keySet()));
        assertEquals(50, (Double) found.get("p50"), .5);
        assertEquals(90, (Double) found.get("p90"), .9);
        assertEquals(99, (Double) found.get("p99"), .99);
    }

    @Test
    void whatIsLongAgoIsForgotten() {
        times.add(TimeUnit.SECONDS.toNanos(1));
        clock.addAndGet(TimeUnit.MINUTES.toNanos(6));
        times.add(TimeUnit.MILLISECONDS.toNanos(1));
        assertEquals(1000, (Double) times.percentiles().get("p99"), 10);
        clock.addAndGet(TimeUnit.MINUTES.toNanos(5));
        assertEquals(1, (Double) times.percentiles().get("p99"), .01, "eleven minutes ago");
        clock.addAndGet(TimeUnit.MINUTES.toNanos(30));
        assertEquals(Map.of(), times.percentiles());
    }

    @Test
    void negativeAndEndlessTimesAreHeld() {
        times.add(-5);
        assertEquals(0.0, times.percentiles().get("p50"));
        times.add(Long.MAX_VALUE);
        assertEquals(3_600_000, (Double) times.percentiles().get("p99"), 36_000);
    }
}
