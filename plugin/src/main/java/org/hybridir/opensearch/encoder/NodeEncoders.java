package org.hybridir.opensearch.encoder;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;
import org.hybridir.opensearch.HybridIrPlugin;
import org.hybridir.opensearch.HybridIrSettings;
import org.hybridir.opensearch.encoder.PendingRequests.Deadline;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.common.Nullable;
import org.opensearch.common.lifecycle.AbstractLifecycleComponent;
import org.opensearch.common.settings.ClusterSettings;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.breaker.CircuitBreakingException;
import org.opensearch.core.concurrency.OpenSearchRejectedExecutionException;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.env.Environment;
import org.opensearch.node.Node;
import org.opensearch.tasks.Task;
import org.opensearch.tasks.TaskManager;
import org.opensearch.threadpool.ExecutorBuilder;
import org.opensearch.threadpool.ThreadPool;

/**
 * The encoders of this node, by name. An encoder is a folder under {@code config/opensearch-hybrid-ir/encoders}; what is
 * there is what exists: nothing is registered, and a folder added, changed or removed while the node runs counts from
 * the next request on. Each is opened once and shared.
 *
 * <p>Queries and passages wait in queues of their own, so that a bulk request cannot keep a search from starting. No thread
 * of the node waits for a vector; no method blocks except {@link #names()}, {@link #describe} and {@link #stats()}, which
 * read a folder's listing. Listeners are called in the caller's context, on one of this service's threads, or on the
 * caller's if the request is refused at once. Thread-safe.
 */
public final class NodeEncoders extends AbstractLifecycleComponent {
    private static final Logger LOGGER = LogManager.getLogger(NodeEncoders.class);

    /** Of an encoder's description, what its counters are read with. */
    private static final List<String> SHOWN_WITH_STATS =
            List.of("precision", "threads", "threads_per_query", "batch_tokens", "queue_tokens", "fingerprint");

    private final EncoderFolders folders;
    private final NativeRuntime nativeRuntime;
    private final boolean openAtStart;
    private final ThreadPool threadPool;
    private final EncoderMemory memory;
    private final EncoderThreads threads;
    private final EncoderSlots slots;
    private final QueryVectors queryVectors;
    private final PendingRequests pending;
    private final RequestCounters counters = new RequestCounters();
    private volatile int maxTexts;
    private volatile TimeValue queryTimeout;
    private volatile TimeValue passageTimeout;
    private volatile Map<String, Object> selfTest = Map.of("state", "not run");

    /** For the node: encoders run on PyTorch. */
    public NodeEncoders(
            Environment environment,
            Path dataFolder,
            EncoderMemory memory,
            ThreadPool threadPool,
            ClusterSettings clusterSettings) {
        this(
                environment,
                new NativeRuntime(
                        environment.pluginsDir().resolve(HybridIrPlugin.NAME), dataFolder.resolve("hybrid_ir_cache")),
                null,
                memory,
                threadPool,
                clusterSettings);
    }

    /** @param opener what opens a folder, or null for {@code nativeRuntime} */
    NodeEncoders(
            Environment environment,
            @Nullable NativeRuntime nativeRuntime,
            @Nullable NodeEncoder.Opener opener,
            EncoderMemory memory,
            ThreadPool threadPool,
            ClusterSettings clusterSettings) {
        Settings settings = environment.settings();
        this.folders = new EncoderFolders(
                environment.configDir().resolve(HybridIrPlugin.NAME).resolve("encoders"),
                Node.NODE_NAME_SETTING.get(settings));
        this.nativeRuntime = nativeRuntime;
        this.openAtStart = HybridIrSettings.OPEN_AT_START.get(settings);
        this.threadPool = threadPool;
        this.memory = memory;
        this.threads = new EncoderThreads(threadPool);
        this.slots = new EncoderSlots(
                folders,
                opener == null ? nativeRuntime : opener,
                HybridIrSettings.encoderOptions(settings),
                memory,
                threads);
        this.queryVectors = new QueryVectors(memory, HybridIrSettings.QUERY_CACHE_SIZE.get(settings));
        this.pending = new PendingRequests(threadPool);
        follow(settings, clusterSettings);
    }

    /** The settings that may change while the node runs. */
    private void follow(Settings settings, ClusterSettings changing) {
        maxTexts = HybridIrSettings.MAX_TEXTS.get(settings);
        queryTimeout = HybridIrSettings.QUERY_TIMEOUT.get(settings);
        passageTimeout = HybridIrSettings.PASSAGE_TIMEOUT.get(settings);
        changing.addSettingsUpdateConsumer(HybridIrSettings.MAX_TEXTS, max -> maxTexts = max);
        changing.addSettingsUpdateConsumer(HybridIrSettings.QUERY_TIMEOUT, timeout -> queryTimeout = timeout);
        changing.addSettingsUpdateConsumer(HybridIrSettings.PASSAGE_TIMEOUT, timeout -> passageTimeout = timeout);
        changing.addSettingsUpdateConsumer(HybridIrSettings.QUERY_CACHE_SIZE, queryVectors::setSize);
        changing.addSettingsUpdateConsumer(HybridIrSettings.BREAKER_LIMIT, memory::setLimit);
    }

    /** The thread pools of {@link EncoderThreads}. */
    public static List<ExecutorBuilder<?>> executorBuilders(Settings settings) {
        return EncoderThreads.builders(settings);
    }

    /** By which it is known whether tasks were cancelled; must be set before anything is encoded. */
    void setTaskManager(TaskManager tasks) {
        pending.setTaskManager(tasks);
    }

    /** The names of the encoders whose folders are on this node, sorted; whether they open is another matter. */
    public Set<String> names() {
        return folders.names();
    }

    /** How many texts one call of {@link #encode} may bring. */
    public int maxTexts() {
        return maxTexts;
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
        Map<String, Object> description = state(name);
        slots.ask(name, NodeEncoder::describe).ifPresent(description::putAll);
        description.put("name", name);
        return description;
    }

    private Map<String, Object> state(String name) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("state", slots.state(name));
        slots.failure(name).ifPresent(failure -> map.put("error", failure.getMessage()));
        return map;
    }

    /**
     * {@code self_test} with the native versions, counters of requests, {@code pending_requests}, {@code query_cache},
     * {@code breaker}, and under {@code encoders} the state, options and counters of each. Encoders whose folders were removed
     * are closed, since what they hold would stand under no name.
     */
    public Map<String, Object> stats() {
        slots.forgetRemoved();
        Map<String, Object> encoders = new TreeMap<>();
        for (String name : names()) {
            encoders.put(name, stats(name));
        }
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("self_test", selfTest);
        stats.putAll(counters.toMap());
        stats.put("pending_requests", pending.size());
        stats.put("query_cache", queryVectors.stats());
        stats.put("breaker", memory.stats());
        stats.put("encoders", encoders);
        return stats;
    }

    private Map<String, Object> stats(String name) {
        Map<String, Object> stats = state(name);
        slots.ask(name, NodeEncoder::describe).ifPresent(description -> SHOWN_WITH_STATS.stream()
                .filter(description::containsKey)
                .forEach(key -> stats.put(key, description.get(key))));
        slots.ask(name, NodeEncoder::stats).ifPresent(stats::putAll);
        return stats;
    }

    /**
     * Encodes texts, in the order given, for the task that this thread works for.
     *
     * <p>Fails with {@link IllegalArgumentException} for an unknown encoder, no texts, a null text or too many texts;
     * {@link IllegalStateException} if the encoder cannot be opened or failed; {@link OpenSearchRejectedExecutionException}
     * (429) if its queue is full and {@link CircuitBreakingException} (429) if memory is short;
     * {@link TaskCancelledException} when the task is cancelled; {@link OpenSearchStatusException} (503) after
     * {@link HybridIrSettings#QUERY_TIMEOUT} or {@link HybridIrSettings#PASSAGE_TIMEOUT}.
     */
    public void encode(String encoder, List<String> texts, TextRole role, ActionListener<List<Encoding>> listener) {
        Task task = CallingTask.of(threadPool.getThreadContext());
        encode(encoder, texts, role, task, Optional.of(deadline(role)), listener);
    }

    /** As {@link #encode}, for a task that may last: it has no deadline but its cancellation. */
    public void encodeFor(
            Task task, String encoder, List<String> texts, TextRole role, ActionListener<List<Encoding>> listener) {
        encode(encoder, texts, role, task, Optional.empty(), listener);
    }

    private void encode(
            String encoder,
            List<String> texts,
            TextRole role,
            @Nullable Task task,
            Optional<Deadline> deadline,
            ActionListener<List<Encoding>> listener) {
        ActionListener<List<Encoding>> counted = counted(role, listener);
        try {
            checkTexts(texts);
        } catch (IllegalArgumentException e) {
            counted.onFailure(e);
            return;
        }
        CompletableFuture<List<Encoding>> answer = new CompletableFuture<>();
        threads.tell(role, answer, counted);
        pending.add(answer, what(encoder, texts.size(), role), task, deadline);
        slots.use(
                encoder,
                false,
                role,
                answer,
                open -> role == TextRole.QUERY ? queryVectors.encode(open, texts) : open.submit(texts, role));
    }

    private ActionListener<List<Encoding>> counted(TextRole role, ActionListener<List<Encoding>> listener) {
        return ActionListener.wrap(
                encodings -> {
                    counters.answered(role, encodings.size());
                    listener.onResponse(encodings);
                },
                e -> {
                    counters.failed(e);
                    listener.onFailure(e);
                });
    }

    private static String what(String encoder, int texts, TextRole role) {
        return "[" + texts + "] " + (role == TextRole.QUERY ? "queries" : "passages") + " for encoder [" + encoder
                + "]";
    }

    private Deadline deadline(TextRole role) {
        return role == TextRole.QUERY
                ? new Deadline(queryTimeout, HybridIrSettings.QUERY_TIMEOUT)
                : new Deadline(passageTimeout, HybridIrSettings.PASSAGE_TIMEOUT);
    }

    /** Opens the encoder if it is not open, trying again if it failed before, and describes it. */
    public void open(String encoder, ActionListener<Map<String, Object>> listener) {
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        threads.tell(TextRole.QUERY, answer, listener);
        slots.use(encoder, true, TextRole.QUERY, answer, open -> CompletableFuture.completedFuture(describe(encoder)));
    }

    /** Opens the encoder if it is not open, and gives the length of its vectors. */
    public void dimension(String encoder, ActionListener<Integer> listener) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        threads.tell(TextRole.QUERY, answer, listener);
        slots.use(encoder, false, TextRole.QUERY, answer, open -> CompletableFuture.completedFuture(open.dimension()));
    }

    /** The error for a name without a folder. */
    public IllegalArgumentException unknown(String name) {
        return folders.unknown(name);
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

    /** Tries the native libraries, and opens what is there if the settings say so; both beside the node's start. */
    @Override
    protected void doStart() {
        slots.start();
        threads.open(() -> {
            runSelfTest();
            if (openAtStart) {
                names().forEach(this::openAtStart);
            }
        });
    }

    private void openAtStart(String name) {
        try {
            slots.slot(name, false);
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
        pending.end();
        slots.stop();
        queryVectors.clear();
    }

    @Override
    protected void doClose() {}
}
