package org.hybridir.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LaneStatsTests {
    /** Short passes add up: five of .6 ms are 3 ms. */
    @Test
    void timeOfShortPassesIsNotLost() {
        LaneStats stats = new LaneStats();
        EncodingRequest request =
                new EncodingRequest(List.of("a", "bcd"), text -> new Tokens(new long[text.length()], false));
        for (int i = 0; i < 5; i++) {
            stats.ended(request.texts(), TimeUnit.MICROSECONDS.toNanos(600));
        }
        assertEquals(3L, stats.counts().get("run_time_ms"));
        assertEquals(5L, stats.counts().get("batches"));
        assertEquals(10L, stats.counts().get("texts"));
        assertEquals(20L, stats.counts().get("tokens"));
        assertEquals(30L, stats.counts().get("padded_tokens"));
    }
}
