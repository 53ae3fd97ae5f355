package org.hybridir.opensearch.encoder;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hybridir.encoder.Reservations;
import org.hybridir.opensearch.HybridIrSettings;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.RatioValue;
import org.opensearch.core.common.breaker.CircuitBreaker;
import org.opensearch.core.common.breaker.CircuitBreakingException;
import org.opensearch.core.common.unit.ByteSizeValue;
import org.opensearch.indices.breaker.BreakerSettings;
import org.opensearch.monitor.jvm.JvmInfo;
import org.opensearch.monitor.os.OsProbe;

/**
 * The circuit breaker {@code hybrid_ir}: what the encoders of this node take, as {@code _nodes/stats/breaker} shows it.
 * Weights and the buffers of forward passes count from opening to closing, each request's texts while they wait and run, and
 * the cached vectors of queries.
 *
 * <p>Nearly all of it is native memory, of which the heap's size says nothing: hence a limit of its own kind
 * ({@link #limit}), and an overhead of 0 for OpenSearch, by which none of it counts against the parent breaker, the heap's.
 * The limit is therefore held here. Thread-safe.
 */
public final class EncoderMemory implements Reservations {
    /** The breaker's name. */
    public static final String BREAKER = "hybrid_ir";

    private static final double NOTHING_FOR_THE_HEAP = 0;

    private final CircuitBreaker breaker;

    public EncoderMemory(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    /** What OpenSearch makes the breaker of. */
    public static BreakerSettings breakerSettings(Settings settings) {
        return new BreakerSettings(
                BREAKER,
                HybridIrSettings.BREAKER_LIMIT.get(settings).getBytes(),
                NOTHING_FOR_THE_HEAP,
                CircuitBreaker.Type.MEMORY,
                CircuitBreaker.Durability.TRANSIENT);
    }

    /**
     * Reads {@code 4gb}, or {@code 50%} of the memory that the largest heap leaves.
     *
     * @throws IllegalArgumentException also for a percentage where the system does not tell how much memory it has
     */
    public static ByteSizeValue limit(String text, String key) {
        if (!text.endsWith("%")) {
            return ByteSizeValue.parseBytesSizeValue(text, key);
        }
        long total = OsProbe.getInstance().getTotalPhysicalMemorySize();
        long heap = JvmInfo.jvmInfo().getMem().getHeapMax().getBytes();
        return new ByteSizeValue(
                share(RatioValue.parseRatioValue(text).getAsRatio(), total, heap, "[" + key + "]: [" + text + "]"));
    }

    static long share(double ratio, long total, long heap, String asked) {
        if (total <= heap) {
            throw new IllegalArgumentException(asked + " is a part of the memory beside the heap, but the system has ["
                    + total + "] bytes of memory and the heap may have [" + heap + "]; give bytes, such as [2gb]");
        }
        return (long) (ratio * (total - heap));
    }

    void setLimit(ByteSizeValue limit) {
        breaker.setLimitAndOverhead(limit.getBytes(), NOTHING_FOR_THE_HEAP);
    }

    /** @throws CircuitBreakingException (429) beyond the limit, or if the heap is full */
    @Override
    public synchronized void reserve(String what, long bytes) {
        long wanted = breaker.getUsed() + bytes;
        if (breaker.getLimit() > 0 && wanted > breaker.getLimit()) {
            trip(what, wanted);
        }
        breaker.addEstimateBytesAndMaybeBreak(bytes, what);
    }

    private void trip(String what, long wanted) {
        try {
            breaker.circuitBreak(what, wanted);
        } catch (CircuitBreakingException e) {
            throw new CircuitBreakingException(
                    e.getMessage() + "; send it again later, or raise [" + HybridIrSettings.BREAKER_LIMIT.getKey()
                            + "]",
                    e.getBytesWanted(),
                    e.getByteLimit(),
                    e.getDurability());
        }
    }

    @Override
    public void release(long bytes) {
        breaker.addWithoutBreaking(-bytes);
    }

    /** Bytes taken now. */
    long used() {
        return breaker.getUsed();
    }

    Map<String, Object> stats() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("limit_bytes", breaker.getLimit());
        map.put("used_bytes", breaker.getUsed());
        map.put("tripped", breaker.getTrippedCount());
        return map;
    }
}
