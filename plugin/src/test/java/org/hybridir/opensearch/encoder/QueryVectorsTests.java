package org.hybridir.opensearch.encoder;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;
import org.opensearch.common.settings.ClusterSettings;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.unit.ByteSizeValue;
import org.opensearch.indices.breaker.HierarchyCircuitBreakerService;
import org.opensearch.test.OpenSearchTestCase;

/** With an encoder that answers when the test says so. */
public class QueryVectorsTests extends OpenSearchTestCase {
    /** 256 for the entry, 2 a letter, 4 a number. */
    private static final long ENTRY = 256 + 2 + 4;

    private final EncoderMemory memory = memory(Settings.EMPTY);
    private final QueryVectors vectors = new QueryVectors(memory, new ByteSizeValue(3 * ENTRY));
    private final Manual encoder = new Manual("f");

    private static EncoderMemory memory(Settings settings) {
        ClusterSettings known = new ClusterSettings(settings, ClusterSettings.BUILT_IN_CLUSTER_SETTINGS);
        return new EncoderMemory(
                new HierarchyCircuitBreakerService(settings, List.of(EncoderMemory.breakerSettings(settings)), known)
                        .getBreaker(EncoderMemory.BREAKER));
    }

    private record Submitted(List<String> texts, CompletableFuture<List<Encoding>> result) {
        void answer() {
            result.complete(texts.stream()
                    .map(text -> new Encoding(new float[] {text.charAt(0)}, 1, false))
                    .toList());
        }
    }

    /** What no test here asks for. */
    private abstract static class OneNumber implements NodeEncoder {
        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public Map<String, Object> describe() {
            return Map.of();
        }

        @Override
        public Map<String, Object> stats() {
            return Map.of();
        }

        @Override
        public CompletableFuture<Error> broken() {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {}
    }

    private static final class Manual extends OneNumber {
        private final String fingerprint;
        private final List<Submitted> submitted = new ArrayList<>();

        private Manual(String fingerprint) {
            this.fingerprint = fingerprint;
        }

        @Override
        public String fingerprint() {
            return fingerprint;
        }

        @Override
        public CompletableFuture<List<Encoding>> submit(List<String> texts, TextRole role) {
            assertThat(role, equalTo(TextRole.QUERY));
            submitted.add(new Submitted(List.copyOf(texts), new CompletableFuture<>()));
            return submitted.get(submitted.size() - 1).result;
        }
    }

    private static String letters(CompletableFuture<List<Encoding>> answer) {
        StringBuilder letters = new StringBuilder();
        answer.join().forEach(encoding -> letters.append((char) encoding.vector()[0]));
        return letters.toString();
    }

    private String encode(String... texts) {
        CompletableFuture<List<Encoding>> answer = vectors.encode(encoder, List.of(texts));
        encoder.submitted.forEach(Submitted::answer);
        return letters(answer);
    }

    private List<List<String>> submitted() {
        return encoder.submitted.stream().map(Submitted::texts).toList();
    }

    private void assertStats(long hits, long misses, long evictions, int entries) {
        assertThat(
                vectors.stats(),
                equalTo(Map.of(
                        "limit_bytes",
                        vectors.stats().get("limit_bytes"),
                        "used_bytes",
                        entries * ENTRY,
                        "entries",
                        entries,
                        "hits",
                        hits,
                        "misses",
                        misses,
                        "evictions",
                        evictions)));
        assertThat(memory.used(), equalTo(entries * ENTRY));
    }

    public void testAskedAgainIsNotComputedAgain() {
        assertThat(encode("a", "b", "a"), equalTo("aba"));
        assertThat(encode("b", "c"), equalTo("bc"));
        assertThat(submitted(), equalTo(List.of(List.of("a", "b"), List.of("c"))));
        assertStats(1, 4, 0, 3);
        assertThat(encode("a", "c"), equalTo("ac"));
        assertThat(encode("d"), equalTo("d"));
        assertThat("b was used least recently", encode("b"), equalTo("b"));
        assertThat(submitted().subList(2, 4), equalTo(List.of(List.of("d"), List.of("b"))));
        assertStats(3, 6, 2, 3);
    }

    public void testAnotherEncoderHasOtherVectors() {
        encode("a");
        Manual other = new Manual("g");
        vectors.encode(other, List.of("a"));
        assertThat(other.submitted.size(), equalTo(1));
        Manual same = new Manual("f");
        assertThat(letters(vectors.encode(same, List.of("a"))), equalTo("a"));
        assertThat(same.submitted.size(), equalTo(0));
    }

    public void testAskedAgainMeanwhileIsComputedOnce() {
        CompletableFuture<List<Encoding>> first = vectors.encode(encoder, List.of("a", "b"));
        CompletableFuture<List<Encoding>> second = vectors.encode(encoder, List.of("b", "c"));
        CompletableFuture<List<Encoding>> third = vectors.encode(encoder, List.of("a"));
        assertThat(submitted(), equalTo(List.of(List.of("a", "b"), List.of("c"))));
        first.cancel(false);
        assertFalse("two others wait for it", encoder.submitted.get(0).result.isDone());
        encoder.submitted.get(0).answer();
        assertThat(letters(third), equalTo("a"));
        assertFalse(second.isDone());
        encoder.submitted.get(1).answer();
        assertThat(letters(second), equalTo("bc"));
    }

    public void testWhatNobodyWaitsForIsWithdrawn() {
        CompletableFuture<List<Encoding>> first = vectors.encode(encoder, List.of("a"));
        CompletableFuture<List<Encoding>> second = vectors.encode(encoder, List.of("a"));
        first.cancel(false);
        second.completeExceptionally(new IllegalStateException("too late"));
        assertTrue(encoder.submitted.get(0).result.isCancelled());
        vectors.encode(encoder, List.of("a"));
        assertThat("computed anew", encoder.submitted.size(), equalTo(2));
        assertThat(memory.used(), equalTo(0L));
    }

    public void testFailureIsToldToAllAndNotKept() {
        CompletableFuture<List<Encoding>> first = vectors.encode(encoder, List.of("a"));
        CompletableFuture<List<Encoding>> second = vectors.encode(encoder, List.of("a", "b"));
        encoder.submitted.get(1).answer();
        encoder.submitted.get(0).result.completeExceptionally(new IllegalArgumentException("no"));
        for (CompletableFuture<List<Encoding>> answer : List.of(first, second)) {
            Exception e = expectThrows(Exception.class, answer::join);
            assertThat(NativeErrors.exception(e).getMessage(), equalTo("no"));
        }
        assertThat(encode("a"), equalTo("a"));
    }

    public void testSizeChanges() {
        encode("a", "b", "c");
        vectors.setSize(new ByteSizeValue(ENTRY));
        assertStats(0, 3, 2, 1);
        vectors.setSize(ByteSizeValue.ZERO);
        assertStats(0, 3, 3, 0);
        assertThat(encode("c"), equalTo("c"));
        assertThat(encode("c"), equalTo("c"));
        assertThat("off", encoder.submitted.size(), equalTo(3));
        assertStats(0, 3, 3, 0);
    }

    public void testMemoryForRequestsComesFirst() {
        EncoderMemory small = memory(Settings.builder()
                .put("plugins.hybrid_ir.breaker.limit", ENTRY + "b")
                .build());
        QueryVectors few = new QueryVectors(small, new ByteSizeValue(100 * ENTRY));
        CompletableFuture<List<Encoding>> answer = few.encode(encoder, List.of("a", "b"));
        encoder.submitted.get(0).answer();
        assertThat(letters(answer), equalTo("ab"));
        assertThat(few.stats().get("entries"), equalTo(1));
        few.clear();
        assertThat(small.used(), equalTo(0L));
    }

    /** Many threads that ask and give up: all get what they asked for, and the account is right in the end. */
    public void testManyAtATime() throws Exception {
        HashVectors hash = new HashVectors();
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int t = 0; t < 4; t++) {
            long seed = randomLong();
            threads.add(new Thread(() -> {
                try {
                    hash.ask(new Random(seed), vectors);
                } catch (Throwable e) {
                    failures.add(e);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        hash.pool.shutdown();
        assertTrue(hash.pool.awaitTermination(10, TimeUnit.SECONDS));
        assertThat(failures, equalTo(List.of()));
        assertThat((long) vectors.stats().get("used_bytes"), lessThanOrEqualTo(3 * ENTRY));
        assertThat(memory.used(), equalTo(vectors.stats().get("used_bytes")));
        vectors.clear();
        assertThat(memory.used(), equalTo(0L));
    }

    /** Answers a little later, on other threads. */
    private static final class HashVectors extends OneNumber {
        private final ExecutorService pool = Executors.newFixedThreadPool(2);

        @Override
        public String fingerprint() {
            return "h";
        }

        @Override
        public CompletableFuture<List<Encoding>> submit(List<String> texts, TextRole role) {
            Submitted submitted = new Submitted(texts, new CompletableFuture<>());
            pool.execute(submitted::answer);
            return submitted.result;
        }

        void ask(Random random, QueryVectors vectors) {
            for (int i = 0; i < 2000; i++) {
                String texts = "" + (char) ('a' + random.nextInt(5)) + (char) ('a' + random.nextInt(5));
                CompletableFuture<List<Encoding>> answer =
                        vectors.encode(this, List.of(texts.substring(0, 1), texts.substring(1)));
                if (random.nextInt(4) == 0) {
                    answer.cancel(false);
                } else {
                    assertThat(letters(answer), equalTo(texts));
                }
            }
        }
    }
}
