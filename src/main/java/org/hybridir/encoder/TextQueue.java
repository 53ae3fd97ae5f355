package org.hybridir.encoder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.hybridir.encoder.EncodingRequest.Text;

/**
 * The texts that wait in one lane, and which of them run together. Requests take turns: the longest text of the request
 * whose turn it is starts a batch, so that no request waits for the whole of another one. Those that wait nearest to it in
 * length, whosever they are, fill the batch, so that little is computed on padding. Not thread-safe.
 */
final class TextQueue {
    /** At most one part in so many of a batch is padding. Two short passes cost less than one that is padded more. */
    private static final int PADDING = 8;

    private final Map<EncodingRequest, Set<Text>> turns = new LinkedHashMap<>();
    private final NavigableMap<Integer, Set<Text>> byLength = new TreeMap<>();
    private int texts;
    private long tokens;

    /** Adds the texts of a request. */
    void add(EncodingRequest request) {
        List<Text> longestFirst = new ArrayList<>(request.texts());
        longestFirst.sort(Comparator.comparingInt(Text::length).reversed());
        turns.put(request, new LinkedHashSet<>(longestFirst));
        for (Text text : longestFirst) {
            byLength.computeIfAbsent(text.length(), length -> new LinkedHashSet<>())
                    .add(text);
            texts++;
            tokens += text.length();
        }
    }

    /** Takes out those texts of a request that still wait, and says how many these were. */
    int remove(EncodingRequest request) {
        List<Text> waiting = List.copyOf(turns.getOrDefault(request, Set.of()));
        waiting.forEach(this::remove);
        return waiting.size();
    }

    /**
     * Takes out the texts of the next batch; there must be one.
     *
     * @param budget tokens of a batch, padding included; a longer text is alone
     */
    List<Text> next(int budget) {
        EncodingRequest request = turns.keySet().iterator().next();
        List<Text> batch = new ArrayList<>();
        batch.add(remove(turns.get(request).iterator().next()));
        int width = batch.get(0).length();
        long real = width;
        for (Text text = nearest(width); text != null; text = nearest(width)) {
            int wider = Math.max(width, text.length());
            long padded = (long) wider * (batch.size() + 1);
            if (padded > budget || (padded - real - text.length()) * PADDING > padded) {
                break;
            }
            width = wider;
            real += text.length();
            batch.add(remove(text));
        }
        endTurn(request);
        return batch;
    }

    /** The text nearest in length; of two equally near ones the shorter, which leaves the batch as wide as it is. */
    private Text nearest(int width) {
        Map.Entry<Integer, Set<Text>> shorter = byLength.floorEntry(width);
        Map.Entry<Integer, Set<Text>> longer = byLength.higherEntry(width);
        if (shorter == null || longer != null && longer.getKey() - width < width - shorter.getKey()) {
            shorter = longer;
        }
        return shorter == null ? null : shorter.getValue().iterator().next();
    }

    private void endTurn(EncodingRequest request) {
        Set<Text> waiting = turns.remove(request);
        if (waiting != null) {
            turns.put(request, waiting);
        }
    }

    private Text remove(Text text) {
        removeFrom(turns, text.request(), text);
        removeFrom(byLength, text.length(), text);
        texts--;
        tokens -= text.length();
        return text;
    }

    private static <K> void removeFrom(Map<K, Set<Text>> sets, K key, Text text) {
        Set<Text> set = sets.get(key);
        set.remove(text);
        if (set.isEmpty()) {
            sets.remove(key);
        }
    }

    boolean isEmpty() {
        return texts == 0;
    }

    int texts() {
        return texts;
    }

    long tokens() {
        return tokens;
    }
}
