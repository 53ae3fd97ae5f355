package org.hybridir.opensearch;

import java.util.List;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.program.PrecisionRequest;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.util.concurrent.OpenSearchExecutors;

/** The settings of the plugin, {@code plugins.hybrid_ir.*} of the node and {@code index.hybrid_ir.*} of an index. */
public final class HybridIrSettings {
    private HybridIrSettings() {}

    /** How many forward passes of an encoder may run side by side, each on one processor; by default all of the node. */
    public static final Setting<Integer> ENCODER_THREADS = new Setting<>(
            "plugins.hybrid_ir.encoder.threads",
            settings -> Integer.toString(OpenSearchExecutors.allocatedProcessors(settings)),
            text -> Setting.parseInt(text, 1, "plugins.hybrid_ir.encoder.threads"),
            Property.NodeScope);

    /** The token budget of one forward pass, padding included; default 1024. */
    public static final Setting<Integer> ENCODER_BATCH_TOKENS =
            Setting.intSetting("plugins.hybrid_ir.encoder.batch_tokens", 1024, 16, Property.NodeScope);

    /** The number format of the encoders' layers: fp32, bf16, int8, or auto, which chooses by the processor; default fp32. */
    public static final Setting<PrecisionRequest> ENCODER_PRECISION =
            new Setting<>("plugins.hybrid_ir.encoder.precision", "fp32", PrecisionRequest::of, Property.NodeScope);

    /** Whether the encoders found when the node starts are opened at once, or each at its first use; default true. */
    public static final Setting<Boolean> OPEN_AT_START =
            Setting.boolSetting("plugins.hybrid_ir.encoder.open_at_start", true, Property.NodeScope);

    /** How many texts one request, or one document at ingest, may bring; default 1024. */
    public static final Setting<Integer> MAX_TEXTS =
            Setting.intSetting("plugins.hybrid_ir.max_texts", 1024, 1, Property.NodeScope, Property.Dynamic);

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
                ENCODER_BATCH_TOKENS,
                ENCODER_PRECISION,
                OPEN_AT_START,
                MAX_TEXTS,
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
                .withBatchTokens(ENCODER_BATCH_TOKENS.get(settings));
    }
}
