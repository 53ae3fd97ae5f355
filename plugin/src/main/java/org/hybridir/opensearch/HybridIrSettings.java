package org.hybridir.opensearch;

import java.util.List;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.opensearch.encoder.EncoderMemory;
import org.hybridir.program.PrecisionRequest;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.util.concurrent.OpenSearchExecutors;
import org.opensearch.core.common.unit.ByteSizeUnit;
import org.opensearch.core.common.unit.ByteSizeValue;

/** The settings of the plugin, {@code plugins.hybrid_ir.*} of the node and {@code index.hybrid_ir.*} of an index. */
public final class HybridIrSettings {
    private HybridIrSettings() {}

    /**
     * How many forward passes of an encoder may run side by side, of queries and of passages each, a pass on one processor; by
     * default as many as the node has.
     */
    public static final Setting<Integer> ENCODER_THREADS = new Setting<>(
            "plugins.hybrid_ir.encoder.threads",
            settings -> Integer.toString(OpenSearchExecutors.allocatedProcessors(settings)),
            text -> Setting.parseInt(text, 1, "plugins.hybrid_ir.encoder.threads"),
            Property.NodeScope);

    /** How many of an encoder's threads share the forward pass of a query that comes alone; default 4. */
    public static final Setting<Integer> ENCODER_THREADS_PER_QUERY = Setting.intSetting(
            "plugins.hybrid_ir.encoder.threads_per_query",
            EncoderOptions.defaults().threadsPerQuery(),
            1,
            Property.NodeScope);

    /** The token budget of one forward pass, padding included; default 256. */
    public static final Setting<Integer> ENCODER_BATCH_TOKENS = Setting.intSetting(
            "plugins.hybrid_ir.encoder.batch_tokens", EncoderOptions.defaults().batchTokens(), 16, Property.NodeScope);

    /**
     * How many tokens may wait for an encoder, of queries and of passages each; default a million. What comes when they are
     * there already is answered with 429.
     */
    public static final Setting<Long> ENCODER_QUEUE_TOKENS =
            Setting.longSetting("plugins.hybrid_ir.encoder.queue_tokens", 1_000_000, 1, Property.NodeScope);

    /** The number format of the encoders' layers: fp32, bf16, int8, or auto, which chooses by the processor; default fp32. */
    public static final Setting<PrecisionRequest> ENCODER_PRECISION =
            new Setting<>("plugins.hybrid_ir.encoder.precision", "fp32", PrecisionRequest::of, Property.NodeScope);

    /** Whether the encoders found when the node starts are opened at once, or each at its first use; default true. */
    public static final Setting<Boolean> OPEN_AT_START =
            Setting.boolSetting("plugins.hybrid_ir.encoder.open_at_start", true, Property.NodeScope);

    /** How many texts one request, or one document at ingest, may bring; default 1024. */
    public static final Setting<Integer> MAX_TEXTS =
            Setting.intSetting("plugins.hybrid_ir.max_texts", 1024, 1, Property.NodeScope, Property.Dynamic);

    /** How long a request's queries may take to be encoded, waiting included; default 30 seconds. */
    public static final Setting<TimeValue> QUERY_TIMEOUT = Setting.timeSetting(
            "plugins.hybrid_ir.query.timeout",
            TimeValue.timeValueSeconds(30),
            TimeValue.timeValueMillis(1),
            Property.NodeScope,
            Property.Dynamic);

    /** How long a request's passages may take to be encoded, waiting included; default 10 minutes. */
    public static final Setting<TimeValue> PASSAGE_TIMEOUT = Setting.timeSetting(
            "plugins.hybrid_ir.passage.timeout",
            TimeValue.timeValueMinutes(10),
            TimeValue.timeValueMillis(1),
            Property.NodeScope,
            Property.Dynamic);

    /** How much memory the vectors of queries asked before may take; default 32mb, 0 keeps none. */
    public static final Setting<ByteSizeValue> QUERY_CACHE_SIZE = Setting.byteSizeSetting(
            "plugins.hybrid_ir.query_cache.size",
            new ByteSizeValue(32, ByteSizeUnit.MB),
            Property.NodeScope,
            Property.Dynamic);

    /**
     * How much memory the encoders of a node may take, weights included: bytes, or a part of the memory that the heap leaves
     * of the machine's (or container's); default 50%.
     */
    public static final Setting<ByteSizeValue> BREAKER_LIMIT = new Setting<>(
            "plugins.hybrid_ir.breaker.limit",
            "50%",
            text -> EncoderMemory.limit(text, "plugins.hybrid_ir.breaker.limit"),
            Property.NodeScope,
            Property.Dynamic);

    /**
     * Whether vector fields of k-NN engines in native code (faiss, nmslib) are accepted; default false. Without its
     * native library, which the published k-NN plugin does not bring, such a field ends the node's process at the
     * first document.
     */
    public static final Setting<Boolean> ALLOW_NATIVE_ENGINES =
            Setting.boolSetting("plugins.hybrid_ir.allow_native_engines", false, Property.NodeScope, Property.Dynamic);

    /**
     * How long an evaluation is kept, counted from its start; default 30 days. Older ones are deleted when the next one is
     * kept.
     */
    public static final Setting<TimeValue> EVALUATE_RETENTION = Setting.timeSetting(
            "plugins.hybrid_ir.evaluate.retention",
            TimeValue.timeValueDays(30),
            TimeValue.timeValueMinutes(1),
            Property.NodeScope,
            Property.Dynamic);

    /** How many evaluations are kept, the newest; default 1000. More are deleted when the next one is kept. */
    public static final Setting<Integer> EVALUATE_MAX_KEPT = Setting.intSetting(
            "plugins.hybrid_ir.evaluate.max_kept", 1000, 1, 9000, Property.NodeScope, Property.Dynamic);

    /** The encoder of an index, for queries that name none; default none. */
    public static final Setting<String> INDEX_ENCODER =
            Setting.simpleString("index.hybrid_ir.encoder", Property.IndexScope, Property.Dynamic);

    /** All settings, for registration. */
    public static List<Setting<?>> all() {
        return List.of(
                ENCODER_THREADS,
                ENCODER_THREADS_PER_QUERY,
                ENCODER_BATCH_TOKENS,
                ENCODER_QUEUE_TOKENS,
                ENCODER_PRECISION,
                OPEN_AT_START,
                MAX_TEXTS,
                QUERY_TIMEOUT,
                PASSAGE_TIMEOUT,
                QUERY_CACHE_SIZE,
                BREAKER_LIMIT,
                ALLOW_NATIVE_ENGINES,
                EVALUATE_RETENTION,
                EVALUATE_MAX_KEPT,
                INDEX_ENCODER);
    }

    /** How this node runs its encoders. */
    public static EncoderOptions encoderOptions(Settings settings) {
        return EncoderOptions.defaults()
                .withPrecision(ENCODER_PRECISION.get(settings))
                .withThreads(ENCODER_THREADS.get(settings))
                .withThreadsPerQuery(ENCODER_THREADS_PER_QUERY.get(settings))
                .withBatchTokens(ENCODER_BATCH_TOKENS.get(settings))
                .withQueueTokens(ENCODER_QUEUE_TOKENS.get(settings));
    }
}
