package org.hybridir.encoder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hybridir.encoder.EncodingRequest.Text;

/** What a lane has done since the encoder was opened. Not thread-safe: {@link Lanes} guards it. */
final class LaneStats {
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final RecentTimes wait = new RecentTimes(System::nanoTime);
    private final RecentTimes run = new RecentTimes(System::nanoTime);
    /** Of all passes: in milliseconds each would lose up to one. */
    private long runNanos;

    LaneStats() {
        for (String name : List.of(
                "texts",
                "repeated_texts",
                "tokens",
                "padded_tokens",
                "truncated_texts",
                "batches",
                "run_time_ms",
                "rejected_requests",
                "withdrawn_texts")) {
            counts.put(name, 0L);
        }
    }

    private void add(String name, long count) {
        counts.merge(name, count, Long::sum);
    }

    void accepted(EncodingRequest request) {
        add("repeated_texts", request.repeated());
    }

    void rejected() {
        add("rejected_requests", 1);
    }

    void withdrawn(int texts) {
        add("withdrawn_texts", texts);
    }

    void started(List<Text> batch, long now) {
        batch.forEach(text -> wait.add(now - text.request().since()));
    }

    void ended(List<Text> batch, long nanos) {
        run.add(nanos);
        add("texts", batch.size());
        add("batches", 1);
        runNanos += nanos;
        counts.put("run_time_ms", TimeUnit.NANOSECONDS.toMillis(runNanos));
        add(
                "padded_tokens",
                (long) batch.size()
                        * batch.stream().mapToInt(Text::length).max().orElseThrow());
        for (Text text : batch) {
            add("tokens", text.length());
            add("truncated_texts", text.tokens().truncated() ? 1 : 0);
        }
    }

    /** The counters. */
    Map<String, Long> counts() {
        return counts;
    }

    /** The times that texts waited for their pass, and that passes ran; see {@link RecentTimes#percentiles}. */
    Map<String, Object> times() {
        return Map.of("wait_ms", wait.percentiles(), "run_ms", run.percentiles());
    }
}
