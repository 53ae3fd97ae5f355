package org.hybridir.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LanesTests {
    private static final int LONG = 100;
    private static final EncoderOptions OPTIONS =
            EncoderOptions.defaults().withThreads(2).withBatchTokens(100).withQueueTokens(1000);

    /** A pass over texts of {@link #LONG} tokens waits here for leave to go on. */
    private final Semaphore leave = new Semaphore(0);
    /** One for each pass that has begun. */
    private final Semaphore begun = new Semaphore(0);

    private final List<List<Integer>> passes = Collections.synchronizedList(new ArrayList<>());
    /** How many threads share each pass. */
    private final List<Integer> threads = Collections.synchronizedList(new ArrayList<>());

    private Lanes lanes = new Lanes("test", OPTIONS, this::embed);

    /** A text's vector is its first id. */
    private float[][] embed(List<Tokens> batch, int threads) {
        passes.add(batch.stream().map(tokens -> tokens.ids().length).toList());
        this.threads.add(threads);
        begun.release();
        if (batch.get(0).ids().length == LONG) {
            leave.acquireUninterruptibly();
        }
        if (batch.get(0).ids()[0] == -1) {
            throw new OutOfMemoryError("no room");
        }
        return batch.stream().map(tokens -> new float[] {tokens.ids()[0]}).toArray(float[][]::new);
    }

    private static Tokens tokens(int length, long first) {
        long[] ids = new long[length];
        ids[0] = first;
        return new Tokens(ids, false);
    }

    /** Texts named 0, 1, ... of a length; their first id is the name. */
    private EncodingRequest request(int texts, int length) {
        List<String> names =
                IntStream.range(0, texts).mapToObj(Integer::toString).toList();
        return new EncodingRequest(names, name -> tokens(length, Long.parseLong(name)));
    }

    private EncodingRequest add(TextRole role, int texts, int length) {
        EncodingRequest request = request(texts, length);
        lanes.add(role, request);
        return request;
    }

    private Object stat(TextRole role, String name) {
        Map<?, ?> each = (Map<?, ?>) lanes.stats().get("lanes");
        return ((Map<?, ?>) each.get(role.key())).get(name);
    }

    @AfterEach
    void close() {
        leave.release(1_000_000);
        lanes.close();
    }

    @Test
    void vectorsComeInTheOrderOfTheTexts() throws InterruptedException, ExecutionException {
        leave.release(1_000_000);
        Random random = new Random(3);
        List<String> names = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
        EncodingRequest request =
                new EncodingRequest(names, name -> tokens(1 + random.nextInt(50), Long.parseLong(name)));
        lanes.add(TextRole.PASSAGE, request);
        List<Encoding> encodings = request.result().get();
        for (int i = 0; i < names.size(); i++) {
            assertEquals(i, encodings.get(i).vector()[0]);
        }
        assertEquals(200L, lanes.stats().get("texts"));
        assertEquals((long) passes.size(), lanes.stats().get("batches"));
    }

    @Test
    void queriesDoNotWaitForPassages() throws InterruptedException, ExecutionException {
        EncodingRequest bulk = add(TextRole.PASSAGE, 4, 100);
        begun.acquire(2);
        EncodingRequest query = add(TextRole.QUERY, 1, 10);
        query.result().get();
        assertEquals(List.of(10), passes.get(2));
        assertFalse(bulk.result().isDone());
    }

    @Test
    void queryThatComesAloneIsSpread() throws InterruptedException, ExecutionException {
        add(TextRole.QUERY, 1, 10).result().get();
        EncodingRequest alone = add(TextRole.QUERY, 1, 100);
        begun.acquire(2);
        add(TextRole.QUERY, 1, 10).result().get();
        leave.release();
        alone.result().get();
        EncodingRequest bulk = add(TextRole.PASSAGE, 1, 100);
        begun.acquire(2);
        add(TextRole.QUERY, 1, 10).result().get();
        leave.release();
        bulk.result().get();
        assertEquals(List.of(2, 2, 1, 1, 1), threads);
    }

    @Test
    void closingWaitsForTheQueryThatIsSpread() throws InterruptedException {
        EncodingRequest query = add(TextRole.QUERY, 1, 100);
        begun.acquire();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(lanes::close);
        assertThrows(TimeoutException.class, () -> closed.get(50, TimeUnit.MILLISECONDS));
        leave.release();
        closed.join();
        assertTrue(query.result().isDone());
    }

    @Test
    void passagesGiveWayWhileThereAreQueriesAndGoOn() throws InterruptedException, ExecutionException {
        EncodingRequest query = add(TextRole.QUERY, 1, 100);
        begun.acquire();
        EncodingRequest bulk = add(TextRole.PASSAGE, 2, 100);
        begun.acquire();
        assertFalse(begun.tryAcquire(50, TimeUnit.MILLISECONDS), "one of two threads for passages beside a query");
        assertEquals(1, stat(TextRole.PASSAGE, "queued_texts"));
        leave.release(3);
        query.result().get();
        assertEquals(2, bulk.result().get().size());
    }

    @Test
    void textsOfSeveralCallersThatWaitRunTogether() throws InterruptedException, ExecutionException {
        add(TextRole.QUERY, 2, 100);
        begun.acquire(2);
        List<EncodingRequest> callers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            callers.add(add(TextRole.QUERY, 1, 10));
        }
        assertEquals(5, stat(TextRole.QUERY, "queued_texts"));
        assertEquals(50L, stat(TextRole.QUERY, "queued_tokens"));
        leave.release(2);
        for (EncodingRequest caller : callers) {
            assertEquals(0, caller.result().get().get(0).vector()[0]);
        }
        assertEquals(List.of(10, 10, 10, 10, 10), passes.get(2));
    }

    @Test
    void fullQueueSaysSoAndWhatToDo() throws InterruptedException {
        add(TextRole.PASSAGE, 2, 100);
        begun.acquire(2);
        add(TextRole.PASSAGE, 9, 100);
        RejectedExecutionException e =
                assertThrows(RejectedExecutionException.class, () -> add(TextRole.PASSAGE, 2, 51));
        assertEquals(
                "the queue of texts to encode as [passage] with the encoder [test] is full: [900] tokens wait, at most [1000]"
                        + " may, and the request brings [102]; send it again later, or fewer texts at once",
                e.getMessage());
        assertEquals(1L, stat(TextRole.PASSAGE, "rejected_requests"));
        add(TextRole.PASSAGE, 2, 50);
        add(TextRole.QUERY, 1, 10);
        assertEquals(0L, stat(TextRole.QUERY, "rejected_requests"));
    }

    @Test
    void emptyQueueTakesARequestOfAnyLength() {
        leave.release(1_000_000);
        EncodingRequest request = add(TextRole.PASSAGE, 30, 100);
        assertEquals(30, request.result().join().size());
    }

    @Test
    void cancelledRequestLeavesTheQueueAtOnce() throws InterruptedException, ExecutionException {
        add(TextRole.PASSAGE, 2, 100);
        begun.acquire(2);
        EncodingRequest cancelled = request(10_000, 1);
        lanes.add(TextRole.PASSAGE, cancelled);
        assertEquals(10_000, stat(TextRole.PASSAGE, "queued_texts"));
        assertTrue(cancelled.result().cancel(false));
        assertEquals(0, stat(TextRole.PASSAGE, "queued_texts"));
        assertEquals(0L, stat(TextRole.PASSAGE, "queued_tokens"));
        assertEquals(10_000L, stat(TextRole.PASSAGE, "withdrawn_texts"));
        assertThrows(CancellationException.class, () -> cancelled.result().get());
        leave.release(1_000_000);
        assertEquals(1, add(TextRole.PASSAGE, 1, 10).result().get().size());
        assertEquals(3, passes.size());
    }

    @Test
    void deadlineWithdrawsWhatWaits() throws InterruptedException {
        add(TextRole.QUERY, 2, 100);
        begun.acquire(2);
        EncodingRequest late = add(TextRole.QUERY, 3, 10);
        CompletionException e = assertThrows(
                CompletionException.class,
                () -> late.result().orTimeout(1, TimeUnit.MILLISECONDS).join());
        assertInstanceOf(TimeoutException.class, e.getCause());
        assertEquals(3L, stat(TextRole.QUERY, "withdrawn_texts"));
        assertEquals(0, stat(TextRole.QUERY, "queued_texts"));
    }

    @Test
    void errorOfAPassReachesThoseInItAndNoOne() throws InterruptedException, ExecutionException {
        leave.release(1_000_000);
        EncodingRequest broken = new EncodingRequest(List.of("a"), text -> tokens(90, -1));
        lanes.add(TextRole.PASSAGE, broken);
        ExecutionException e =
                assertThrows(ExecutionException.class, () -> broken.result().get());
        assertEquals(
                "the encoder failed: java.lang.OutOfMemoryError: no room",
                e.getCause().getMessage());
        assertInstanceOf(OutOfMemoryError.class, e.getCause().getCause());
        assertEquals(5, add(TextRole.PASSAGE, 5, 10).result().get().size());
    }

    @Test
    void errorOfAPassIsKnownThoughNobodyWaitsForIt() throws InterruptedException, ExecutionException {
        EncodingRequest cancelled = new EncodingRequest(List.of("a"), text -> tokens(LONG, -1));
        lanes.add(TextRole.PASSAGE, cancelled);
        begun.acquire();
        assertTrue(cancelled.result().cancel(false));
        assertFalse(lanes.broken().isDone());
        leave.release();
        assertEquals("no room", lanes.broken().get().getMessage());
    }

    @Test
    void withoutThreadsForAllNoneIsLeft() {
        try (FewThreads three = new FewThreads(3)) {
            assertThrows(OutOfMemoryError.class, () -> new Lanes("few", OPTIONS, this::embed));
        }
        List<String> left = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("[few]"))
                .toList();
        assertEquals(List.of(), left);
    }

    @Test
    void closeWaitsForWhatIsThere() throws InterruptedException {
        EncodingRequest request = add(TextRole.PASSAGE, 5, 100);
        begun.acquire(2);
        Thread closing = new Thread(lanes::close);
        closing.start();
        closing.join(50);
        assertTrue(closing.isAlive());
        leave.release(5);
        closing.join();
        assertEquals(5, request.result().join().size());
    }
}
