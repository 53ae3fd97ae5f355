package org.hybridir.opensearch.encoder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;
import org.hybridir.opensearch.HybridIrPlugin;
import org.hybridir.opensearch.HybridIrSettings;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.lifecycle.AbstractLifecycleComponent;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.util.concurrent.AbstractRunnable;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.concurrency.OpenSearchRejectedExecutionException;
import org.opensearch.env.Environment;
import org.opensearch.node.Node;
import org.opensearch.threadpool.ExecutorBuilder;
import org.opensearch.threadpool.FixedExecutorBuilder;
import org.opensearch.threadpool.ScalingExecutorBuilder;
import org.opensearch.threadpool.ThreadPool;

/**
 * The encoders of this node, by name. An encoder is a folder under {@code config/opensearch-hybrid-ir/encoders}; what is
 * there is what exists: nothing is registered, and a folder added, changed or removed while the node runs counts from
 * the next request on. Each is opened once and shared.
 *
 * <p>Queries and passages wait in queues of their own, so that a bulk request cannot keep a search from starting; a full
 * queue answers 429. No method blocks except {@link #names()}, {@link #describe} and {@link #stats()}, which read a
 * folder's listing. Listeners are called on one of this service's threads, or on the caller's if the request is refused
 * at once. Thread-safe.
 */
public final class NodeEncoders extends AbstractLifecycleComponent {
    private static final Logger LOGGER = LogManager.getLogger(NodeEncoders.class);

    static final String QUERY_POOL = "hybrid_ir_query";
    static final String PASSAGE_POOL = "hybrid_ir_passage";
    static final String OPEN_POOL = "hybrid_ir_open";

    private final EncoderFolders folders;
    private final NodeEncoder.Opener opener;
    private final NativeRuntime nativeRuntime;
    private final EncoderOptions options;
    private final boolean openAtStart;
    private final ThreadPool threadPool;
    private final String nodeName;
    private final Map<String, EncoderSlot> slots = new ConcurrentHashMap<>();
    private final Counters counters = new Counters();
    private volatile int maxTexts;
    private volatile boolean running;
    private volatile Map<String, Object> selfTest = Map.of("state", "not run");

    /** For the node: encoders run on PyTorch. */
    public NodeEncoders(
            Environment environment, Path dataFolder, ClusterService clusterService, ThreadPool threadPool) {
        this(
                environment,
                new NativeRuntime(
                        environment.pluginsDir().resolve(HybridIrPlugin.NAME), dataFolder.resolve("hybrid_ir_cache")),
                null,
                threadPool);
        clusterService
                .getClusterSettings()
                .addSettingsUpdateConsumer(HybridIrSettings.MAX_TEXTS, max -> maxTexts = max);
    }

    /** @param opener what opens a folder, or null for {@code nativeRuntime} */
    NodeEncoders(
            Environment environment, NativeRuntime nativeRuntime, NodeEncoder.Opener opener, ThreadPool threadPool) {
        Settings settings = environment.settings();
        this.folders = new EncoderFolders(
                environment.configDir().resolve(HybridIrPlugin.NAME).resolve("encoders"));
        this.nativeRuntime = nativeRuntime;
        this.opener = opener == null ? nativeRuntime : opener;
        this.options = HybridIrSettings.encoderOptions(settings);
        this.openAtStart = HybridIrSettings.OPEN_AT_START.get(settings);
        this.maxTexts = HybridIrSettings.MAX_TEXTS.get(settings);
        this.threadPool = threadPool;
        this.nodeName = Node.NODE_NAME_SETTING.get(settings);
    }

    /** The thread pools: two lanes for texts, and one thread that opens encoders. */
    public static List<ExecutorBuilder<?>> executorBuilders(Settings settings) {
        return List.of(
                new FixedExecutorBuilder(settings, QUERY_POOL, 2, 1000, "plugins.hybrid_ir.query"),
                new FixedExecutorBuilder(settings, PASSAGE_POOL, 2, 200, "plugins.hybrid_ir.passage"),
                new ScalingExecutorBuilder(OPEN_POOL, 0, 1, TimeValue.timeValueMinutes(1), "plugins.hybrid_ir.open"));
    }

    /** The names of the encoders whose folders are on this node, sorted; whether they open is another matter. */
    public Set<String> names() {
        return folders.names();
    }

    /** How many texts one call of {@link #encode} may bring. */
    public int maxTexts() {
        return maxTexts;
    }

    /** The length of the encoder's vectors; empty while it is not open. */
    public OptionalInt dimension(String name) {
        return whileOpen(name, encoder -> OptionalInt.of(encoder.dimension())).orElse(OptionalInt.empty());
    }

    /**
     * What is known of the encoder without opening it: {@code name}, {@code state} (closed, opening, open, failed),
     * {@code error} if it failed, and what {@link NodeEncoder#describe} says if it is open.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Map<String, Object> describe(String name) {
        if (folders.find(name).isEmpty()) {
            throw unknown(name);
        }
        Map<String, Object> description = new LinkedHashMap<>();
        EncoderSlot slot = slots.get(name);
        description.put("state", slot == null ? "closed" : stateName(slot));
        if (slot != null && slot.failure() != null) {
            description.put("error", slot.failure().getMessage());
        }
        whileOpen(name, NodeEncoder::describe).ifPresent(description::putAll);
        description.put("name", name);
        return description;
    }

    /** This node's counters, the encoders' counters, the native versions and the self-test. */
    public Map<String, Object> stats() {
        Map<String, Object> encoders = new TreeMap<>();
        for (String name : names()) {
            Map<String, Object> one = new LinkedHashMap<>();
            EncoderSlot slot = slots.get(name);
            one.put("state", slot == null ? "closed" : stateName(slot));
            whileOpen(name, NodeEncoder::stats).ifPresent(one::putAll);
            encoders.put(name, one);
        }
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("self_test", selfTest);
        stats.putAll(counters.toMap());
        stats.put("encoders", encoders);
        return stats;
    }

    /**
     * Encodes texts, in the order given.
     *
     * <p>Fails with {@link IllegalArgumentException} for an unknown encoder, no texts, a null text or too many texts;
     * {@link IllegalStateException} if the encoder cannot be opened; {@link OpenSearchRejectedExecutionException} (429)
     * if the queue is full.
     */
    public void encode(String encoder, List<String> texts, TextRole role, ActionListener<List<Encoding>> listener) {
        encode(encoder, texts, role, () -> {}, listener);
    }

    /**
     * As {@link #encode(String, List, TextRole, ActionListener)}, for texts that may not be needed any more when it is their
     * turn.
     *
     * @param checkpoint called just before they are encoded; the listener gets what it throws
     */
    public void encode(
            String encoder,
            List<String> texts,
            TextRole role,
            Runnable checkpoint,
            ActionListener<List<Encoding>> listener) {
        ActionListener<List<Encoding>> counted =
                ActionListener.wrap(listener::onResponse, e -> listener.onFailure(counters.failed(e)));
        try {
            checkTexts(texts);
        } catch (IllegalArgumentException e) {
            counted.onFailure(e);
            return;
        }
        String pool = role == TextRole.QUERY ? QUERY_POOL : PASSAGE_POOL;
        withOpen(encoder, false, pool, counted, opened -> {
            checkpoint.run();
            counters.started(role, texts.size());
            return opened.encode(texts, role);
        });
    }

    /** Opens the encoder if it is not open, trying again if it failed before, and describes it. */
    public void open(String encoder, ActionListener<Map<String, Object>> listener) {
        withOpen(encoder, true, QUERY_POOL, listener, opened -> describe(encoder));
    }

    /** Opens the encoder if it is not open, and gives the length of its vectors. */
    public void dimension(String encoder, ActionListener<Integer> listener) {
        withOpen(encoder, false, QUERY_POOL, listener, NodeEncoder::dimension);
    }

    /** The error for a name without a folder. */
    public IllegalArgumentException unknown(String name) {
        String remedy = EncoderFolders.isName(name)
                ? "put its folder under [" + folders.root() + "] of node [" + nodeName + "]"
                : "a name is [a-z0-9] followed by at most 62 of [a-z0-9_-]";
        return new IllegalArgumentException("unknown encoder [" + name + "], known ones " + names() + "; " + remedy);
    }

    private void checkTexts(List<String> texts) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("no texts to encode");
        }
        if (texts.size() > maxTexts) {
            throw new IllegalArgumentException("[" + texts.size() + "] texts are more than the [" + maxTexts
                    + "] allowed in one request; send fewer, or raise [" + HybridIrSettings.MAX_TEXTS.getKey() + "]");
        }
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i) == null) {
                throw new IllegalArgumentException("text [" + i + "] is null");
            }
        }
    }

    /** What is asked of an open encoder. */
    private interface Work<T> {
        T apply(NodeEncoder encoder) throws Exception;
    }

    /** Finds or opens the encoder, then runs the work, all on the pool's threads. */
    private <T> void withOpen(String name, boolean retry, String pool, ActionListener<T> listener, Work<T> work) {
        submit(pool, listener, () -> {
            EncoderSlot slot = slot(name, retry);
            if (slot.state() == EncoderSlot.State.OPENING) {
                slot.whenDecided(ActionListener.wrap(
                        decided -> submit(pool, listener, () -> finish(name, decided, listener, work)),
                        listener::onFailure));
            } else {
                finish(name, slot, listener, work);
            }
        });
    }

    private <T> void finish(String name, EncoderSlot slot, ActionListener<T> listener, Work<T> work) throws Exception {
        if (slot.failure() != null) {
            throw slot.failure();
        }
        if (!slot.tryIncRef()) {
            throw new IllegalStateException("encoder [" + name + "] was replaced meanwhile; send the request again");
        }
        T result;
        try {
            result = work.apply(slot.encoder());
        } finally {
            slot.decRef();
        }
        listener.onResponse(result);
    }

    /** The slot for the folder as it is now; starts the opening if there is none yet. */
    private synchronized EncoderSlot slot(String name, boolean retry) {
        Optional<Path> folder = folders.find(name);
        EncoderSlot slot = slots.get(name);
        if (folder.isEmpty()) {
            forget(name, slot);
            throw unknown(name);
        }
        String stamp = EncoderFolders.stamp(folder.get());
        boolean again = slot != null && retry && slot.state() == EncoderSlot.State.FAILED;
        if (slot != null && slot.stamp().equals(stamp) && !again) {
            return slot;
        }
        if (!running) {
            throw new IllegalStateException("the node is not running");
        }
        forget(name, slot);
        EncoderSlot fresh = new EncoderSlot(name, stamp);
        slots.put(name, fresh);
        threadPool.executor(OPEN_POOL).execute(() -> openInto(fresh, name, folder.get()));
        return fresh;
    }

    private void forget(String name, EncoderSlot slot) {
        if (slot != null) {
            slots.remove(name);
            slot.whenDecided(ActionListener.wrap(decided -> decided.decRef(), e -> slot.decRef()));
        }
    }

    private void openInto(EncoderSlot slot, String name, Path folder) {
        try {
            slot.opened(opener.open(folder, options));
            LOGGER.info("encoder [{}] is open", name);
        } catch (Exception e) {
            LOGGER.warn("encoder [{}] could not be opened", name, e);
            slot.failed(new IllegalStateException("encoder [" + name + "] could not be opened: " + e.getMessage(), e));
        }
    }

    /** What may throw. */
    private interface Step {
        void run() throws Exception;
    }

    private <T> void submit(String pool, ActionListener<T> listener, Step step) {
        threadPool.executor(pool).execute(new AbstractRunnable() {
            @Override
            protected void doRun() throws Exception {
                step.run();
            }

            @Override
            public void onFailure(Exception e) {
                listener.onFailure(e);
            }

            @Override
            public void onRejection(Exception e) {
                boolean stopping =
                        e instanceof OpenSearchRejectedExecutionException rejected && rejected.isExecutorShutdown();
                listener.onFailure(new OpenSearchRejectedExecutionException(
                        stopping
                                ? "the node is stopping"
                                : "the queue [" + pool + "] of texts to encode is full; send the request again later,"
                                        + " or fewer at once",
                        stopping));
            }
        });
    }

    private <T> Optional<T> whileOpen(String name, Work<T> work) {
        EncoderSlot slot = slots.get(name);
        if (slot == null || slot.state() != EncoderSlot.State.OPEN || !slot.tryIncRef()) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.apply(slot.encoder()));
        } catch (Exception e) {
            return Optional.empty();
        } finally {
            slot.decRef();
        }
    }

    private static String stateName(EncoderSlot slot) {
        return slot.state().name().toLowerCase(Locale.ROOT);
    }

    /** Tries the native libraries, and opens what is there if the settings say so; both beside the node's start. */
    @Override
    protected void doStart() {
        running = true;
        threadPool.executor(OPEN_POOL).execute(() -> {
            runSelfTest();
            if (openAtStart) {
                names().forEach(this::openAtStart);
            }
        });
    }

    private void openAtStart(String name) {
        try {
            slot(name, false);
        } catch (RuntimeException e) {
            LOGGER.warn("encoder [{}] was not opened", name, e);
        }
    }

    private void runSelfTest() {
        Map<String, Object> result = new LinkedHashMap<>();
        if (nativeRuntime == null) {
            return;
        }
        try {
            result.put("state", "passed");
            result.putAll(nativeRuntime.selfTest());
        } catch (Exception e) {
            LOGGER.error("PyTorch does not run on this node", e);
            result.put("state", "failed");
            result.put("error", e.toString());
        }
        selfTest = result;
    }

    @Override
    protected void doStop() {
        running = false;
        for (String name : new ArrayList<>(slots.keySet())) {
            synchronized (this) {
                forget(name, slots.get(name));
            }
        }
    }

    @Override
    protected void doClose() {}

    /** What this node was asked, since it started. */
    private static final class Counters {
        private final LongAdder queryRequests = new LongAdder();
        private final LongAdder passageRequests = new LongAdder();
        private final LongAdder queries = new LongAdder();
        private final LongAdder passages = new LongAdder();
        private final LongAdder rejected = new LongAdder();
        private final LongAdder failed = new LongAdder();

        void started(TextRole role, int texts) {
            (role == TextRole.QUERY ? queryRequests : passageRequests).increment();
            (role == TextRole.QUERY ? queries : passages).add(texts);
        }

        Exception failed(Exception e) {
            (e instanceof OpenSearchRejectedExecutionException ? rejected : failed).increment();
            return e;
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("query_requests", queryRequests.sum());
            map.put("queries", queries.sum());
            map.put("passage_requests", passageRequests.sum());
            map.put("passages", passages.sum());
            map.put("rejected_requests", rejected.sum());
            map.put("failed_requests", failed.sum());
            return map;
        }
    }
}
