package org.hybridir.opensearch.encoder;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;
import org.hybridir.opensearch.HybridIrSettings;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.concurrency.OpenSearchRejectedExecutionException;
import org.opensearch.env.Environment;
import org.opensearch.env.TestEnvironment;
import org.opensearch.test.OpenSearchTestCase;
import org.opensearch.threadpool.ExecutorBuilder;
import org.opensearch.threadpool.ThreadPool;

@LuceneTestCase.SuppressFileSystems("ExtrasFS") // its random extra folders would be encoders
public class NodeEncodersTests extends OpenSearchTestCase {
    private Settings settings;
    private Path folders;
    private ThreadPool threadPool;
    private NodeEncoders encoders;
    private final AtomicInteger openings = new AtomicInteger();

    @Override
    public void setUp() throws Exception {
        super.setUp();
        settings = Settings.builder()
                .put("path.home", createTempDir())
                .put("node.name", "the-node")
                .put("plugins.hybrid_ir.encoder.open_at_start", false)
                .put("plugins.hybrid_ir.max_texts", 50)
                .put("plugins.hybrid_ir.passage.size", 1)
                .put("plugins.hybrid_ir.passage.queue_size", 1)
                .build();
        Environment environment = TestEnvironment.newEnvironment(settings);
        folders = environment.configDir().resolve("opensearch-hybrid-ir").resolve("encoders");
        threadPool =
                new ThreadPool(settings, NodeEncoders.executorBuilders(settings).toArray(ExecutorBuilder<?>[]::new));
        encoders = start(HashEncoder::open);
    }

    @Override
    public void tearDown() throws Exception {
        encoders.close();
        ThreadPool.terminate(threadPool, 10, TimeUnit.SECONDS);
        super.tearDown();
    }

    private NodeEncoders start(NodeEncoder.Opener opener) {
        NodeEncoders started = new NodeEncoders(
                TestEnvironment.newEnvironment(settings),
                null,
                (folder, options) -> {
                    openings.incrementAndGet();
                    return opener.open(folder, options);
                },
                threadPool);
        started.start();
        return started;
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

    /** Texts that nobody waits for any more are not encoded when it is their turn. */
    public void testCheckpointSparesTheEncoder() throws Exception {
        HashEncoder.write(folders.resolve("tiny"), "4");
        int calls = HashEncoder.CALLS.get();
        PlainActionFuture<List<Encoding>> future = PlainActionFuture.newFuture();
        encoders.encode(
                "tiny",
                List.of("a"),
                TextRole.QUERY,
                () -> {
                    throw new IllegalStateException("not needed any more");
                },
                future);
        IllegalStateException e = expectThrows(IllegalStateException.class, future::actionGet);
        assertThat(e.getMessage(), equalTo("not needed any more"));
        assertThat(HashEncoder.CALLS.get(), equalTo(calls));
    }

    public void testFolderAddedWhileTheNodeRuns() throws IOException {
        assertThat(encoders.names(), equalTo(Set.of()));
        HashEncoder.write(folders.resolve("tiny"), "4");
        assertThat(encoders.names(), equalTo(Set.of("tiny")));
        assertThat(encoders.describe("tiny"), equalTo(Map.of("name", "tiny", "state", "closed")));
        assertTrue(encoders.dimension("tiny").isEmpty());

        List<Encoding> encodings = encode("tiny", "a", "b");

        assertArrayEquals(
                HashEncoder.vector("b", TextRole.PASSAGE, 4), encodings.get(1).vector(), 0f);
        assertThat(encoders.dimension("tiny").getAsInt(), equalTo(4));
        assertThat(encoders.describe("tiny").get("state"), equalTo("open"));
        encode("tiny", "c");
        assertThat("opened once, shared", openings.get(), equalTo(1));
    }

    public void testFolderChangedAndRemoved() throws IOException {
        Path tiny = folders.resolve("tiny");
        HashEncoder.write(tiny, "4");
        assertThat(encode("tiny", "a").get(0).vector().length, equalTo(4));
        HashEncoder.write(tiny, "16");
        assertThat(encode("tiny", "a").get(0).vector().length, equalTo(16));
        Files.delete(tiny.resolve("dimension"));
        Files.delete(tiny);
        assertThat(failure("tiny", "a"), containsString("unknown encoder [tiny], known ones []"));
    }

    public void testUnknownEncoder() throws IOException {
        HashEncoder.write(folders.resolve("b"), "4");
        HashEncoder.write(folders.resolve("a"), "4");
        assertThat(
                failure("c", "text"),
                equalTo("unknown encoder [c], known ones [a, b]; put its folder under [" + folders
                        + "] of node [the-node]"));
        expectThrows(IllegalArgumentException.class, () -> encoders.describe("c"));
    }

    public void testNameThatLeavesTheFolder() throws IOException {
        HashEncoder.write(folders.resolve("a"), "4");
        HashEncoder.write(folders.getParent().resolve("outside"), "4");
        Files.createSymbolicLink(folders.resolve("link"), folders.getParent().resolve("outside"));
        assertThat(encoders.names(), equalTo(Set.of("a")));
        for (String name : List.of("../outside", "link", "A", "", ".", "a/../a", "x".repeat(64))) {
            assertThat(failure(name, "text"), containsString("unknown encoder [" + name + "], known ones [a]; "));
        }
        assertThat(failure("../outside", "text"), containsString("a name is [a-z0-9] followed by"));
    }

    public void testFailureIsRememberedUntilTheFolderChanges() throws IOException {
        HashEncoder.write(folders.resolve("tiny"), "");
        String message = "encoder [tiny] could not be opened: the file [dimension] is empty";
        assertThat(failure("tiny", "a"), equalTo(message));
        assertThat(failure("tiny", "a"), equalTo(message));
        assertThat(openings.get(), equalTo(1));
        assertThat(encoders.describe("tiny").get("state"), equalTo("failed"));
        assertThat(encoders.describe("tiny").get("error"), equalTo(message));

        PlainActionFuture<Map<String, Object>> opened = PlainActionFuture.newFuture();
        encoders.open("tiny", opened);
        expectThrows(IllegalStateException.class, () -> opened.actionGet(10, TimeUnit.SECONDS));
        assertThat("tried again on request", openings.get(), equalTo(2));

        HashEncoder.write(folders.resolve("tiny"), "4");
        assertThat(encode("tiny", "a").size(), equalTo(1));
    }

    public void testLimits() throws IOException {
        HashEncoder.write(folders.resolve("tiny"), "4");
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
        HashEncoder.write(folders.resolve("tiny"), "4");
        encode("tiny", "open it");
        CountDownLatch release = new CountDownLatch(1);
        threadPool.executor(NodeEncoders.PASSAGE_POOL).execute(() -> await(release));
        List<Exception> failures = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch answered = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            encoders.encode(
                    "tiny",
                    List.of("a"),
                    TextRole.PASSAGE,
                    ActionListener.runAfter(ActionListener.wrap(e -> {}, failures::add), answered::countDown));
        }
        PlainActionFuture<List<Encoding>> query = PlainActionFuture.newFuture();
        encoders.encode("tiny", List.of("q"), TextRole.QUERY, query);
        assertThat(query.actionGet(10, TimeUnit.SECONDS).size(), equalTo(1));
        release.countDown();
        assertTrue(answered.await(10, TimeUnit.SECONDS));
        assertFalse(failures.isEmpty());
        assertThat(failures.get(0), instanceOf(OpenSearchRejectedExecutionException.class));
        assertThat(
                failures.get(0).getMessage(),
                containsString(
                        "the queue [hybrid_ir_passage] of texts to encode is full; send the request again later"));
        assertThat(encoders.stats().get("rejected_requests"), equalTo((long) failures.size()));
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
        HashEncoder.write(folders.resolve("tiny"), "4");
        encode("tiny", "a");
        encoders.stop();
        assertThat(failure("tiny", "a"), equalTo("the node is not running"));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
