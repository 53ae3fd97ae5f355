package org.hybridir.opensearch.encoder;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;
import org.hybridir.opensearch.HybridIrSettings;
import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.breaker.CircuitBreakingException;
import org.opensearch.core.concurrency.OpenSearchRejectedExecutionException;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.tasks.CancellableTask;
import org.opensearch.tasks.Task;
import org.opensearch.test.OpenSearchTestCase;

@LuceneTestCase.SuppressFileSystems("ExtrasFS") // its random extra folders would be encoders
public class NodeEncodersTests extends OpenSearchTestCase {
    private NodeEncodersFixture node;
    private NodeEncoders encoders;
    private final AtomicInteger openings = new AtomicInteger();
    /** The last one. */
    private volatile HashEncoder opened;
    /** Every opening waits for it. */
    private volatile CountDownLatch leave = new CountDownLatch(0);

    @Override
    public void setUp() throws Exception {
        super.setUp();
        Settings settings = Settings.builder()
                .put("plugins.hybrid_ir.max_texts", 50)
                .put("plugins.hybrid_ir.encoder.queue_tokens", 100)
                .put("plugins.hybrid_ir.query.timeout", "500ms")
                .build();
        node = new NodeEncodersFixture(createTempDir(), settings, (folder, options, reservations) -> {
            openings.incrementAndGet();
            awaitLeave();
            opened = HashEncoder.open(folder, options, reservations);
            return opened;
        });
        encoders = node.encoders();
    }

    @Override
    public void tearDown() throws Exception {
        HashEncoder.slowness = 0;
        HashEncoder.error = null;
        node.close();
        super.tearDown();
        assertThat("the breaker's base", node.memory().used(), equalTo(0L));
    }

    private void awaitLeave() {
        try {
            leave.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Path folder(String name) {
        return node.folder(name);
    }

    private PlainActionFuture<List<Encoding>> ask(TextRole role, String... texts) {
        PlainActionFuture<List<Encoding>> future = PlainActionFuture.newFuture();
        encoders.encode("tiny", List.of(texts), role, future);
        return future;
    }

    private List<Encoding> encode(String encoder, String... texts) {
        PlainActionFuture<List<Encoding>> future = PlainActionFuture.newFuture();
        encoders.encode(encoder, List.of(texts), TextRole.PASSAGE, future);
        return future.actionGet(10, TimeUnit.SECONDS);
    }

    private String failure(String encoder, String... texts) {
        return expectThrows(RuntimeException.class, () -> encode(encoder, texts))
                .getMessage();
    }

    public void testFolderAddedWhileTheNodeRuns() throws IOException {
        assertThat(encoders.names(), equalTo(Set.of()));
        HashEncoder.write(folder("tiny"), "4");
        assertThat(encoders.names(), equalTo(Set.of("tiny")));
        assertThat(encoders.describe("tiny"), equalTo(Map.of("name", "tiny", "state", "closed")));

        List<Encoding> encodings = encode("tiny", "a", "b");

        assertArrayEquals(
                HashEncoder.vector("b", TextRole.PASSAGE, 4), encodings.get(1).vector(), 0f);
        assertThat(encoders.describe("tiny").get("dimension"), equalTo(4));
        assertThat(encoders.describe("tiny").get("state"), equalTo("open"));
        encode("tiny", "c");
        assertThat("opened once, shared", openings.get(), equalTo(1));
    }

    public void testFolderChangedAndRemoved() throws IOException {
        Path tiny = folder("tiny");
        HashEncoder.write(tiny, "4");
        assertThat(encode("tiny", "a").get(0).vector().length, equalTo(4));
        HashEncoder.write(tiny, "16");
        assertThat(encode("tiny", "a").get(0).vector().length, equalTo(16));
        Files.delete(tiny.resolve("dimension"));
        Files.delete(tiny);
        assertThat(failure("tiny", "a"), containsString("unknown encoder [tiny], known ones []"));
    }

    /** Nobody asks for an encoder by a name that it had. */
    public void testFolderThatWasRenamedFreesWhatItsEncoderHeld() throws Exception {
        HashEncoder.write(folder("tiny"), "4");
        encode("tiny", "a");
        Files.move(folder("tiny"), folder("renamed"));
        assertThat(encode("renamed", "a").size(), equalTo(1));
        assertBusy(() -> assertThat("one is open", node.memory().used(), equalTo(HashEncoder.WEIGHTS)));

        Files.move(folder("renamed"), folder("again"));
        Map<?, ?> shown = (Map<?, ?>) encoders.stats().get("encoders");
        assertThat(shown, equalTo(Map.of("again", Map.of("state", "closed"))));
        assertBusy(() -> assertThat("none is open", node.memory().used(), equalTo(0L)));
    }

    /** As while a folder is being copied and queries come: only what is there in the end is worth opening. */
    public void testFolderThatChangesWhileItOpensIsOpenedOnceMore() throws Exception {
        leave = new CountDownLatch(1);
        List<PlainActionFuture<List<Encoding>>> answers = new ArrayList<>();
        List<String> dimensions = List.of("4", "16", "128", "1024");
        for (int i = 0; i < dimensions.size(); i++) {
            HashEncoder.write(folder("tiny"), dimensions.get(i));
            answers.add(ask(TextRole.PASSAGE, "a"));
            int behindTheFirst = i;
            assertBusy(() -> {
                assertThat("the first opens", openings.get(), equalTo(1));
                assertThat("the folder was seen as it is", openThreads().getQueue(), hasSize(behindTheFirst));
            });
        }
        leave.countDown();
        for (PlainActionFuture<List<Encoding>> answer : answers) {
            assertThat(answer.actionGet(10, TimeUnit.SECONDS).get(0).vector().length, equalTo(1024));
        }
        assertThat("the first and the last", openings.get(), equalTo(2));
        assertBusy(() -> assertThat("the first is closed", node.memory().used(), equalTo(HashEncoder.WEIGHTS)));
    }

    private ThreadPoolExecutor openThreads() {
        return (ThreadPoolExecutor) node.threadPool().executor(EncoderThreads.OPEN);
    }

    public void testUnknownEncoder() throws IOException {
        HashEncoder.write(folder("b"), "4");
        HashEncoder.write(folder("a"), "4");
        assertThat(
                failure("c", "text"),
                equalTo("unknown encoder [c], known ones [a, b]; put its folder under ["
                        + folder("c").getParent() + "] of node [the-node]"));
        expectThrows(IllegalArgumentException.class, () -> encoders.describe("c"));
    }

    public void testNameThatLeavesTheFolder() throws IOException {
        HashEncoder.write(folder("a"), "4");
        HashEncoder.write(folder("tiny").getParent().getParent().resolve("outside"), "4");
        Files.createSymbolicLink(
                folder("link"), folder("tiny").getParent().getParent().resolve("outside"));
        assertThat(encoders.names(), equalTo(Set.of("a")));
        for (String name : List.of("../outside", "link", "A", "", ".", "a/../a", "x".repeat(64))) {
            assertThat(failure(name, "text"), containsString("unknown encoder [" + name + "], known ones [a]; "));
        }
        assertThat(failure("../outside", "text"), containsString("a name is [a-z0-9] followed by"));
    }

    public void testFailureIsRememberedUntilTheFolderChanges() throws IOException {
        HashEncoder.write(folder("tiny"), "");
        String message =
                "encoder [tiny] could not be opened: the file [dimension] is empty; when that is mended, open it"
                        + " again: GET _hybrid_ir/encoders/tiny?open=true";
        assertThat(failure("tiny", "a"), equalTo(message));
        assertThat(failure("tiny", "a"), equalTo(message));
        assertThat(openings.get(), equalTo(1));
        assertThat(encoders.describe("tiny").get("state"), equalTo("failed"));
        assertThat(encoders.describe("tiny").get("error"), equalTo(message));

        PlainActionFuture<Map<String, Object>> opened = PlainActionFuture.newFuture();
        encoders.open("tiny", opened);
        expectThrows(IllegalStateException.class, () -> opened.actionGet(10, TimeUnit.SECONDS));
        assertThat("tried again on request", openings.get(), equalTo(2));

        HashEncoder.write(folder("tiny"), "4");
        assertThat(encode("tiny", "a").size(), equalTo(1));
    }

    /** A file system that fails for a moment says nothing of the encoder, which is in memory. */
    public void testFolderThatCannotBeReadKeepsItsEncoder() throws IOException {
        Path tiny = folder("tiny");
        HashEncoder.write(tiny, "4");
        encode("tiny", "a");
        Path loop = Files.createSymbolicLink(tiny.resolve("loop"), tiny);
        assertThat("its files cannot be listed", encode("tiny", "b").size(), equalTo(1));
        Files.delete(loop);
        Path away = Files.move(tiny, tiny.resolveSibling("Away"));
        Files.createSymbolicLink(tiny, tiny);
        assertThat("it is neither there nor absent", encode("tiny", "c").size(), equalTo(1));
        encoders.stats();
        Files.delete(tiny);
        Files.move(away, tiny);
        assertThat(encode("tiny", "d").size(), equalTo(1));
        assertThat(openings.get(), equalTo(1));
    }

    public void testFolderThatCannotBeReadIsNotOpened() throws IOException {
        HashEncoder.write(folder("other"), "4");
        Files.createSymbolicLink(folder("tiny"), folder("tiny"));
        assertThat(
                failure("tiny", "a"),
                allOf(
                        startsWith("encoder [tiny] could not be opened: cannot read the encoder's folder ["
                                + folder("tiny") + "]: "),
                        endsWith("; when that is mended, open it again: GET _hybrid_ir/encoders/tiny?open=true")));
        Files.delete(folder("tiny"));
        HashEncoder.write(folder("tiny"), "4");
        assertThat(encode("tiny", "a").size(), equalTo(1));
    }

    public void testLimits() throws IOException {
        HashEncoder.write(folder("tiny"), "4");
        assertThat(failure("tiny"), equalTo("no texts to encode"));
        assertThat(
                failure("tiny", Collections.nCopies(51, "x").toArray(String[]::new)),
                containsString("[51] texts are more than the [50] allowed in one request; send fewer, or raise ["
                        + HybridIrSettings.MAX_TEXTS.getKey() + "]"));
        PlainActionFuture<List<Encoding>> future = PlainActionFuture.newFuture();
        encoders.encode("tiny", Collections.singletonList(null), TextRole.QUERY, future);
        assertThat(
                expectThrows(IllegalArgumentException.class, future::actionGet).getMessage(),
                equalTo("text [0] is null"));
    }

    public void testFullQueueAnswers429AndQueriesStillRun() throws Exception {
        HashEncoder.write(folder("tiny"), "4");
        encode("tiny", "open it");
        CountDownLatch gate = new CountDownLatch(1);
        HashEncoder.passageGate = gate;
        List<PlainActionFuture<List<Encoding>>> passages = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) { // 60 tokens run, 60 do not fit beside them
                passages.add(ask(TextRole.PASSAGE, "x".repeat(30), "y".repeat(30)));
            }
            assertThat(ask(TextRole.QUERY, "q").actionGet(10, TimeUnit.SECONDS).size(), equalTo(1));
            assertBusy(() -> assertThat(encoders.stats().get("rejected_requests"), equalTo(2L)));
        } finally {
            gate.countDown();
        }
        int rejected = 0;
        for (PlainActionFuture<List<Encoding>> passage : passages) {
            try {
                assertThat(passage.actionGet(10, TimeUnit.SECONDS).size(), equalTo(2));
            } catch (OpenSearchRejectedExecutionException e) {
                assertThat(ExceptionsHelper.status(e), equalTo(RestStatus.TOO_MANY_REQUESTS));
                assertThat(
                        e.getMessage(),
                        equalTo(
                                "the queue of [passage] texts is full; send the request again later, or fewer at once"));
                rejected++;
            }
        }
        assertThat(rejected, equalTo(2));
        assertThat(encoders.stats().get("rejected_requests"), equalTo(2L));
    }

    /** A thread that encodes must not do what comes after: it would encode nothing meanwhile. */
    public void testListenersAreToldInTheCallersContextOnTheNodesThreads() throws Exception {
        HashEncoder.write(folder("tiny"), "4");
        for (TextRole role : TextRole.values()) {
            PlainActionFuture<String> told = PlainActionFuture.newFuture();
            ThreadContext context = node.threadPool().getThreadContext();
            try (ThreadContext.StoredContext before = context.stashContext()) {
                context.putHeader("caller", "somebody");
                encoders.encode(
                        "tiny",
                        List.of("a"),
                        role,
                        ActionListener.map(
                                told,
                                encodings -> Thread.currentThread().getName() + " for " + context.getHeader("caller")));
            }
            assertThat(
                    told.actionGet(10, TimeUnit.SECONDS),
                    allOf(containsString("[hybrid_ir_" + role.key() + "]"), endsWith("for somebody")));
        }
    }

    public void testWhatTakesTooLongFailsAndIsWithdrawn() throws Exception {
        HashEncoder.write(folder("tiny"), "4");
        encode("tiny", "open it");
        HashEncoder.slowness = 100;
        PlainActionFuture<List<Encoding>> queries =
                ask(TextRole.QUERY, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c", "d", "e", "f");
        OpenSearchStatusException e =
                expectThrows(OpenSearchStatusException.class, () -> queries.actionGet(10, TimeUnit.SECONDS));
        assertThat(
                e.getMessage(),
                equalTo(
                        "[16] queries for encoder [tiny] were not encoded within [500ms]: send them again when the node has"
                                + " less to do, or raise [plugins.hybrid_ir.query.timeout]"));
        assertThat(e.status(), equalTo(RestStatus.SERVICE_UNAVAILABLE));
        assertBusy(() -> assertThat(HashEncoder.WAITING.get(), equalTo(0)));
        assertThat(encoders.stats().get("timed_out_requests"), equalTo(1L));
        assertThat(encoders.stats().get("pending_requests"), equalTo(0));

        node.apply(Settings.builder()
                .put("plugins.hybrid_ir.query.timeout", "1m")
                .put("plugins.hybrid_ir.passage.timeout", "1ms")
                .build());
        assertThat(
                ask(TextRole.QUERY, "0", "1", "2", "3", "4", "5", "6", "7")
                        .actionGet()
                        .size(),
                equalTo(8));
        PlainActionFuture<List<Encoding>> passages = ask(TextRole.PASSAGE, "0", "1", "2", "3", "4", "5", "6", "7");
        assertThat(
                expectThrows(OpenSearchStatusException.class, () -> passages.actionGet(10, TimeUnit.SECONDS))
                        .getMessage(),
                containsString("[8] passages for encoder [tiny] were not encoded within [1ms]"));
    }

    public void testCancelledTaskWithdrawsWhatWaits() throws Exception {
        HashEncoder.write(folder("tiny"), "4");
        encode("tiny", "open it");
        long base = node.memory().used();
        HashEncoder.slowness = 1000;
        CancellableTask task = (CancellableTask) new EncodeRequest("tiny", List.of("a"), TextRole.PASSAGE)
                .createTask(1, "type", "action", TaskId.EMPTY_TASK_ID, Map.of());
        List<PlainActionFuture<List<Encoding>>> answers = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            PlainActionFuture<List<Encoding>> answer = PlainActionFuture.newFuture();
            encoders.encodeFor(task, "tiny", List.of("x"), TextRole.PASSAGE, answer);
            answers.add(answer);
        }
        assertBusy(() -> assertThat(HashEncoder.WAITING.get(), greaterThan(80)));
        assertThat(node.memory().used(), greaterThan(base + 80 * HashEncoder.TEXT_BYTES));
        task.cancel("by a test");
        assertBusy(() -> assertThat(HashEncoder.WAITING.get(), equalTo(0)), 1, TimeUnit.SECONDS);
        assertThat(node.memory().used(), equalTo(base));
        TaskCancelledException e =
                expectThrows(TaskCancelledException.class, () -> answers.get(89).actionGet(10, TimeUnit.SECONDS));
        assertThat(
                e.getMessage(),
                equalTo("[1] passages for encoder [tiny] are not encoded, the task was cancelled [by a test]"));
    }

    /** An evaluation may last; a search may not. */
    public void testLongTaskHasNoDeadline() throws Exception {
        HashEncoder.write(folder("tiny"), "4");
        encode("tiny", "open it");
        HashEncoder.slowness = 300; // the deadline of queries is 500 ms
        PlainActionFuture<List<Encoding>> answer = PlainActionFuture.newFuture();
        Task task = new EncodeRequest("tiny", List.of("a"), TextRole.QUERY)
                .createTask(1, "type", "action", TaskId.EMPTY_TASK_ID, Map.of());
        encoders.encodeFor(task, "tiny", List.of("1", "2", "3"), TextRole.QUERY, answer);
        assertThat(answer.actionGet(10, TimeUnit.SECONDS).size(), equalTo(3));
    }

    public void testBreakerTripsAndNothingIsTaken() throws Exception {
        HashEncoder.write(folder("tiny"), "4");
        encode("tiny", "open it");
        long base = node.memory().used();
        node.apply(Settings.builder()
                .put("plugins.hybrid_ir.breaker.limit", HashEncoder.WEIGHTS + 5 * HashEncoder.TEXT_BYTES + "b")
                .build());
        CircuitBreakingException e =
                expectThrows(CircuitBreakingException.class, () -> ask(TextRole.PASSAGE, "1", "2", "3", "4", "5", "6")
                        .actionGet(10, TimeUnit.SECONDS));
        assertThat(e.status(), equalTo(RestStatus.TOO_MANY_REQUESTS));
        assertThat(
                e.getMessage(),
                allOf(
                        startsWith(
                                "[hybrid_ir] Data too large, data for [<texts>] would be [1006000/982.4kb], which is larger"
                                        + " than the limit of [1005000/981.4kb]"),
                        endsWith("; send it again later, or raise [plugins.hybrid_ir.breaker.limit]")));
        assertThat(node.memory().used(), equalTo(base));
        assertThat(ask(TextRole.PASSAGE, "1", "2", "3", "4", "5").actionGet().size(), equalTo(5));
        assertThat(((Map<?, ?>) encoders.stats().get("breaker")).get("tripped"), equalTo(1L));

        HashEncoder.write(folder("second"), "4");
        CircuitBreakingException notOpened = expectThrows(CircuitBreakingException.class, () -> encode("second", "a"));
        assertThat(
                notOpened.getMessage(),
                allOf(
                        startsWith(
                                "encoder [second] could not be opened: [hybrid_ir] Data too large, data for [<weights>]"),
                        endsWith("or raise [plugins.hybrid_ir.breaker.limit]; when that is mended, open it again: GET"
                                + " _hybrid_ir/encoders/second?open=true")));
        node.apply(Settings.EMPTY);
        PlainActionFuture<Map<String, Object>> opened = PlainActionFuture.newFuture();
        encoders.open("second", opened);
        assertThat(opened.actionGet(10, TimeUnit.SECONDS).get("state"), equalTo("open"));
    }

    public void testEncoderThatDiesInNativeCodeIsClosedAndOpenedAgainOnRequest() throws Exception {
        HashEncoder.write(folder("tiny"), "4");
        encode("tiny", "open it");
        HashEncoder.error = randomFrom(
                new OutOfMemoryError("DefaultCPUAllocator: can't allocate memory"),
                new NoClassDefFoundError("ai/djl/X"));
        String what = HashEncoder.error.toString();
        String message = "encoder [tiny] failed in native code: " + what
                + "; when its cause is gone, open it again: GET" + " _hybrid_ir/encoders/tiny?open=true";
        assertThat(failure("tiny", "a"), equalTo(message));
        assertThat("and the next", failure("tiny", "b"), equalTo(message));
        assertThat(encoders.describe("tiny"), equalTo(Map.of("name", "tiny", "state", "failed", "error", message)));
        Map<?, ?> stats = (Map<?, ?>) ((Map<?, ?>) encoders.stats().get("encoders")).get("tiny");
        assertThat(stats, equalTo(Map.of("state", "failed", "error", message)));
        assertBusy(() -> assertThat("closed", node.memory().used(), equalTo(0L)));

        PlainActionFuture<Map<String, Object>> opened = PlainActionFuture.newFuture();
        encoders.open("tiny", opened);
        assertThat(opened.actionGet(10, TimeUnit.SECONDS).get("state"), equalTo("open"));
        assertThat(encode("tiny", "a").size(), equalTo(1));
    }

    public void testEncoderThatDiesInAPassThatNobodyWaitsForIsClosed() throws Exception {
        HashEncoder.write(folder("tiny"), "4");
        encode("tiny", "open it");
        opened.broken().complete(new NoClassDefFoundError("ai/djl/X"));
        assertBusy(() -> assertThat(encoders.describe("tiny").get("state"), equalTo("failed")));
        assertThat(
                failure("tiny", "a"),
                equalTo(
                        "encoder [tiny] failed in native code: java.lang.NoClassDefFoundError: ai/djl/X; when its cause is"
                                + " gone, open it again: GET _hybrid_ir/encoders/tiny?open=true"));
        assertBusy(() -> assertThat("closed", node.memory().used(), equalTo(0L)));
    }

    /** Where the encoder opens as where it works. */
    public void testExhaustedHeapEndsTheNode() throws Exception {
        OutOfMemoryError heap = new OutOfMemoryError("Java heap space");
        CompletableFuture<Throwable> uncaught = new CompletableFuture<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> uncaught.complete(error));
        try (NodeEncodersFixture full =
                new NodeEncodersFixture(createTempDir(), Settings.EMPTY, (folder, options, reservations) -> {
                    throw new IllegalStateException("the encoder failed: " + heap, heap);
                })) {
            HashEncoder.write(full.folder("tiny"), "4");
            full.encoders().encode("tiny", List.of("a"), TextRole.PASSAGE, PlainActionFuture.newFuture());
            assertSame(heap, uncaught.get(10, TimeUnit.SECONDS));
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    /** The heap is the node's: there an encoder is not the one to decide. */
    public void testWhichErrorsEndTheNode() {
        assertTrue(NativeErrors.endsNode(new OutOfMemoryError("Java heap space")));
        assertTrue(NativeErrors.endsNode(new OutOfMemoryError("GC overhead limit exceeded")));
        assertFalse(NativeErrors.endsNode(
                new OutOfMemoryError("Cannot reserve 4096 bytes of direct buffer memory (allocated: 1, limit: 2)")));
        assertFalse(NativeErrors.endsNode(new OutOfMemoryError()));
        assertFalse(NativeErrors.endsNode(new UnsatisfiedLinkError("Java heap space")));
        expectThrows(
                OutOfMemoryError.class,
                () -> NativeRuntime.call(() -> {
                    throw new OutOfMemoryError("Java heap space");
                }));
    }

    public void testErrorsOfNativeCodeBecomeExceptions() {
        IllegalStateException e = expectThrows(
                IllegalStateException.class,
                () -> NativeRuntime.call(() -> {
                    throw new UnsatisfiedLinkError("libtorch.so: no such file");
                }));
        assertThat(e.getMessage(), containsString("UnsatisfiedLinkError: libtorch.so: no such file"));
    }

    public void testStoppedNodeAnswers() throws IOException {
        HashEncoder.write(folder("tiny"), "4");
        encode("tiny", "a");
        encoders.stop();
        assertThat(failure("tiny", "a"), equalTo("the node is not running"));
    }
}
