package org.hybridir.opensearch.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;
import org.hybridir.opensearch.HybridIrSettings;
import org.hybridir.opensearch.IndexEncoder;
import org.hybridir.opensearch.encoder.NodeEncoders;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.common.Nullable;
import org.opensearch.core.action.ActionListener;
import org.opensearch.tasks.Task;

/** Where an evaluation gets the encoder of its questions: all that this package knows of encoders. */
public final class QuestionEncoders {
    private final Source source;

    /** For the node. */
    public QuestionEncoders(NodeEncoders encoders) {
        this((name, listener) -> encoders.dimension(
                name,
                ActionListener.wrap(
                        dimension -> listener.onResponse(new OfNode(encoders, name, dimension)), listener::onFailure)));
    }

    QuestionEncoders(Source source) {
        this.source = source;
    }

    /** Finds encoders. */
    interface Source {
        /** Fails with an IllegalArgumentException if there is no encoder of that name. */
        void open(String name, ActionListener<QuestionEncoder> listener);
    }

    private record OfNode(NodeEncoders encoders, String name, int dimension) implements QuestionEncoder {
        /** Of all that is known, what tells whether two evaluations used the same encoder. */
        @Override
        public Map<String, Object> describe() {
            Map<String, Object> all = encoders.describe(name);
            Map<String, Object> chosen = new LinkedHashMap<>();
            chosen.put("name", name);
            chosen.put("fingerprint", all.get("fingerprint"));
            chosen.put("dimension", dimension);
            return chosen;
        }

        @Override
        public int maxTexts() {
            return encoders.maxTexts();
        }

        @Override
        public void encode(List<String> texts, Task task, ActionListener<List<Encoding>> listener) {
            encoders.encodeFor(task, name, texts, TextRole.QUERY, listener);
        }
    }

    /** An encoder of this node. */
    interface QuestionEncoder {
        /** Length of the vectors. */
        int dimension();

        /** For the response: name and fingerprint; plain values. */
        Map<String, Object> describe();

        /** How many texts it takes at once; may change. */
        int maxTexts();

        /**
         * Encodes queries, in the order given; answers in the caller's context, on a thread that may be kept for a while,
         * none of transport.
         *
         * @param task for which they are encoded: when it is cancelled, they are not
         */
        void encode(List<String> texts, Task task, ActionListener<List<Encoding>> listener);
    }

    /**
     * Opens the encoder named, or else the one that the index of passages names.
     *
     * @throws IllegalArgumentException if neither names one
     */
    void open(@Nullable String name, IndexMetadata passages, String field, ActionListener<QuestionEncoder> listener) {
        source.open(
                name != null
                        ? name
                        : IndexEncoder.of(passages, field)
                                .orElseThrow(() -> new IllegalArgumentException("no encoder is named for field ["
                                        + field + "] of index ["
                                        + passages.getIndex().getName()
                                        + "]: name it in [encoder], in the setting ["
                                        + HybridIrSettings.INDEX_ENCODER.getKey()
                                        + "] of the index, or in [_meta.hybrid_ir.encoder] of its mapping")),
                listener);
    }
}
