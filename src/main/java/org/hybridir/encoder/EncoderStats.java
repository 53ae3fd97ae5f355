package org.hybridir.encoder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What an encoder has done since it was opened. Thread-safe. */
final class EncoderStats {
    private long texts;
    private long tokens;
    private long paddedTokens;
    private long truncatedTexts;
    private long batches;
    private long nanos;

    synchronized void count(List<Tokens> batch, long tookNanos) {
        int longest = 0;
        for (Tokens text : batch) {
            longest = Math.max(longest, text.ids().length);
            tokens += text.ids().length;
            truncatedTexts += text.truncated() ? 1 : 0;
        }
        texts += batch.size();
        paddedTokens += (long) longest * batch.size();
        batches++;
        nanos += tookNanos;
    }

    /** As {@link Encoder#stats()} documents it. */
    synchronized Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("texts", texts);
        map.put("tokens", tokens);
        map.put("padded_tokens", paddedTokens);
        map.put("truncated_texts", truncatedTexts);
        map.put("batches", batches);
        map.put("run_time_ms", TimeUnit.NANOSECONDS.toMillis(nanos));
        return map;
    }
}
