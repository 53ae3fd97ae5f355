package org.hybridir.opensearch.encoder;

import static org.hamcrest.Matchers.equalTo;

import java.util.ArrayList;
import java.util.List;
import org.hybridir.opensearch.HybridIrSettings;
import org.opensearch.common.settings.ClusterSettings;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.breaker.CircuitBreakingException;
import org.opensearch.core.common.unit.ByteSizeValue;
import org.opensearch.indices.breaker.HierarchyCircuitBreakerService;
import org.opensearch.test.OpenSearchTestCase;

public class EncoderMemoryTests extends OpenSearchTestCase {
    private static HierarchyCircuitBreakerService breakers(Settings settings) {
        return new HierarchyCircuitBreakerService(
                settings,
                List.of(EncoderMemory.breakerSettings(settings)),
                new ClusterSettings(settings, ClusterSettings.BUILT_IN_CLUSTER_SETTINGS));
    }

    private static Settings limit(String limit) {
        return Settings.builder()
                .put(HybridIrSettings.BREAKER_LIMIT.getKey(), limit)
                .build();
    }

    public void testLimitInBytesOrOfTheMemoryBesideTheHeap() {
        assertThat(HybridIrSettings.BREAKER_LIMIT.get(limit("3gb")), equalTo(new ByteSizeValue(3L << 30)));
        assertThat(EncoderMemory.share(0.5, 24, 4, "50%"), equalTo(10L));
        IllegalArgumentException e =
                expectThrows(IllegalArgumentException.class, () -> EncoderMemory.share(0.5, 0, 4, "[key]: [50%]"));
        assertThat(
                e.getMessage(),
                equalTo(
                        "[key]: [50%] is a part of the memory beside the heap, but the system has [0] bytes of memory and the"
                                + " heap may have [4]; give bytes, such as [2gb]"));
        expectThrows(RuntimeException.class, () -> HybridIrSettings.BREAKER_LIMIT.get(limit("much")));
    }

    /** The parent breaker watches the heap: native memory, larger than the heap, is none of its business. */
    public void testNativeMemoryDoesNotCountAgainstTheHeap() {
        Settings settings = Settings.builder()
                .put(limit("900gb"))
                .put("indices.breaker.total.use_real_memory", randomBoolean())
                .build();
        HierarchyCircuitBreakerService breakers = breakers(settings);
        EncoderMemory memory = new EncoderMemory(breakers.getBreaker(EncoderMemory.BREAKER));
        memory.reserve("weights", 800L << 30);
        assertThat(memory.used(), equalTo(800L << 30));
        breakers.getBreaker("request").addEstimateBytesAndMaybeBreak(1, "a search");
        memory.release(800L << 30);
        assertThat(memory.used(), equalTo(0L));
    }

    public void testNeverBeyondTheLimitWhateverComesAtATime() throws Exception {
        EncoderMemory memory = new EncoderMemory(breakers(limit("1000b")).getBreaker(EncoderMemory.BREAKER));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(new Thread(() -> {
                for (int i = 0; i < 1000; i++) {
                    try {
                        memory.reserve("something", 300);
                        assertTrue(memory.used() <= 1000);
                        memory.release(300);
                    } catch (CircuitBreakingException e) {
                        assertThat(e.getByteLimit(), equalTo(1000L));
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(memory.used(), equalTo(0L));
        memory.reserve("all", 1000);
        expectThrows(CircuitBreakingException.class, () -> memory.reserve("one more", 1));
    }
}
