package org.hybridir.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LatenciesTest {
    /** Three digits are kept. */
    private static final double THOUSANDTH = 1e-3;

    @Test
    void percentilesAreTheLeastThatHoldTheShare() {
        Latencies latencies = new Latencies();
        for (int millis = 100; millis >= 1; millis--) {
            latencies.record(TimeUnit.MILLISECONDS.toNanos(millis));
        }
        Latencies.Percentiles percentiles = latencies.percentiles();
        assertEquals(100, percentiles.count());
        assertEquals(50, percentiles.median(), 50 * THOUSANDTH);
        assertEquals(90, percentiles.p90(), 90 * THOUSANDTH);
        assertEquals(99, percentiles.p99(), 99 * THOUSANDTH);
    }

    @Test
    void addsUpThoseOfThreads() {
        Latencies one = new Latencies();
        one.record(1_000_000);
        Latencies other = new Latencies();
        other.record(3_000_000);
        other.record(9_000_000);
        one.add(other);
        assertEquals(3, one.percentiles().count());
        assertEquals(3, one.percentiles().median(), 3 * THOUSANDTH);
        assertEquals(9, one.percentiles().p99(), 9 * THOUSANDTH);
    }

    @Test
    void aFailureIsNoLatency() {
        Latencies latencies = new Latencies();
        assertThrows(
                IllegalStateException.class,
                () -> latencies.time(() -> {
                    throw new IllegalStateException("failed");
                }));
        assertEquals(0, latencies.percentiles().count());
        assertTrue(Double.isNaN(latencies.percentiles().median()));
    }
}
