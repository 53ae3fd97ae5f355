package org.hybridir.opensearch.encoder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;
import org.opensearch.common.cache.Cache;
import org.opensearch.common.cache.CacheBuilder;
import org.opensearch.core.common.breaker.CircuitBreakingException;
import org.opensearch.core.common.unit.ByteSizeValue;

/**
 * The vectors of queries asked before, those used last up to a number of bytes; and those being computed, so that a query
 * asked again meanwhile is not computed twice. An encoder's fingerprint decides its vectors, so an entry stays right when
 * the encoder is closed or its folder replaced. Thread-safe.
 */
final class QueryVectors {
    /** Of an entry, beside text and vector: objects' headers and the cache's own. */
    private static final int ENTRY_BYTES = 256;

    private record Key(String fingerprint, String text) {}

    /** The same encoder, not one with the same fingerprint: who waits for it keeps just that one open. */
    private record Place(NodeEncoder encoder, String text) {}

    /** Texts that are being computed in one go, as long as somebody waits for one of them. */
    private static final class Computation {
        private final NodeEncoder encoder;
        private final List<String> texts = new ArrayList<>();
        private final CompletableFuture<Map<String, Encoding>> result = new CompletableFuture<>();
        private CompletableFuture<List<Encoding>> submitted;
        private int waiting;

        private Computation(NodeEncoder encoder) {
            this.encoder = encoder;
        }

        private Computation with(String text) {
            texts.add(text);
            return this;
        }
    }

    private final EncoderMemory memory;
    private final Cache<Key, Encoding> cache;
    private final Map<Place, Computation> computed = new HashMap<>();

    QueryVectors(EncoderMemory memory, ByteSizeValue size) {
        this.memory = memory;
        this.cache = CacheBuilder.<Key, Encoding>builder()
                .setMaximumWeight(size.getBytes())
                .weigher(QueryVectors::bytes)
                .removalListener(removed -> memory.release(bytes(removed.getKey(), removed.getValue())))
                .build();
    }

    private static long bytes(Key key, Encoding encoding) {
        return ENTRY_BYTES + 2L * key.text.length() + (long) Float.BYTES * encoding.vector().length;
    }

    void setSize(ByteSizeValue size) {
        cache.setMaximumWeight(size.getBytes());
        cache.refresh();
    }

    void clear() {
        cache.invalidateAll();
    }

    private boolean enabled() {
        return cache.getMaximumWeight() > 0;
    }

    /** The encodings of queries, in the order given. Completing the result in another way leaves what only it waited for. */
    CompletableFuture<List<Encoding>> encode(NodeEncoder encoder, List<String> texts) {
        Map<String, Encoding> found = new HashMap<>();
        Set<String> missing = new LinkedHashSet<>();
        String fingerprint = encoder.fingerprint();
        for (String text : texts) {
            Encoding encoding = enabled() ? cache.get(new Key(fingerprint, text)) : null;
            if (encoding == null) {
                missing.add(text);
            } else {
                found.put(text, encoding);
            }
        }
        return missing.isEmpty()
                ? CompletableFuture.completedFuture(
                        texts.stream().map(found::get).toList())
                : compute(encoder, texts, found, missing);
    }

    private CompletableFuture<List<Encoding>> compute(
            NodeEncoder encoder, List<String> texts, Map<String, Encoding> found, Set<String> missing) {
        Set<Computation> computations = join(encoder, missing);
        CompletableFuture<List<Encoding>> answer = new CompletableFuture<>();
        answer.whenComplete((encodings, failure) -> computations.forEach(this::leave));
        CompletableFuture<?>[] results =
                computations.stream().map(one -> one.result).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(results).whenComplete((nothing, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
                return;
            }
            computations.forEach(one -> found.putAll(one.result.join()));
            answer.complete(texts.stream().map(found::get).toList());
        });
        return answer;
    }

    /** Computations that together give the texts: those under way, and a new one for the rest. */
    private Set<Computation> join(NodeEncoder encoder, Set<String> missing) {
        Computation rest = new Computation(encoder);
        Set<Computation> joined = new LinkedHashSet<>();
        synchronized (this) {
            for (String text : missing) {
                joined.add(computed.computeIfAbsent(new Place(encoder, text), place -> rest.with(text)));
            }
            joined.forEach(one -> one.waiting++);
        }
        if (joined.contains(rest)) {
            begin(rest);
        }
        return joined;
    }

    private void begin(Computation computation) {
        try {
            computation.submitted = computation.encoder.submit(computation.texts, TextRole.QUERY);
        } catch (RuntimeException e) {
            computation.submitted = CompletableFuture.failedFuture(e);
        }
        computation.submitted.whenComplete((encodings, failure) -> {
            Map<String, Encoding> byText = failure == null ? keep(computation, encodings) : null;
            forget(computation);
            if (failure == null) {
                computation.result.complete(byText);
            } else {
                computation.result.completeExceptionally(failure);
            }
        });
    }

    private Map<String, Encoding> keep(Computation computation, List<Encoding> encodings) {
        Map<String, Encoding> byText = new HashMap<>();
        String fingerprint = computation.encoder.fingerprint();
        for (int i = 0; i < encodings.size(); i++) {
            String text = computation.texts.get(i);
            byText.put(text, encodings.get(i));
            if (enabled()) {
                keep(new Key(fingerprint, text), encodings.get(i));
            }
        }
        return byText;
    }

    /** Memory for requests comes first: where it is short, nothing is kept. */
    private void keep(Key key, Encoding encoding) {
        try {
            memory.reserve("<query vectors>", bytes(key, encoding));
        } catch (CircuitBreakingException e) {
            return;
        }
        cache.put(key, encoding);
    }

    private synchronized void forget(Computation computation) {
        computation.texts.forEach(text -> computed.remove(new Place(computation.encoder, text), computation));
    }

    /** Who began it waits for it until it is submitted, so that what is left here by the last one was. */
    private void leave(Computation computation) {
        synchronized (this) {
            if (--computation.waiting > 0) {
                return;
            }
            forget(computation);
        }
        computation.submitted.cancel(false);
    }

    Map<String, Object> stats() {
        Cache.CacheStats counts = cache.stats();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("limit_bytes", cache.getMaximumWeight());
        map.put("used_bytes", cache.weight());
        map.put("entries", cache.count());
        map.put("hits", counts.getHits());
        map.put("misses", counts.getMisses());
        map.put("evictions", counts.getEvictions());
        return map;
    }
}
