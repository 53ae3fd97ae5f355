package org.hybridir.opensearch.evaluate;

import java.util.List;
import java.util.Map;
import org.hybridir.encoder.Encoding;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.common.Nullable;
import org.opensearch.core.action.ActionListener;

/** Where an evaluation gets the encoder of its questions: all that this package knows of encoders. */
public final class QuestionEncoders {
    private final Source source;

    public QuestionEncoders(Source source) {
        this.source = source;
    }

    /** Finds encoders. */
    public interface Source {
        /**
         * Finds an encoder of this node.
         *
         * @param name null: the one that the index of passages names
         * @param listener fails with an IllegalArgumentException if there is no such encoder or no name
         */
        void open(@Nullable String name, IndexMetadata passages, ActionListener<QuestionEncoder> listener);
    }

    /** An encoder of this node. */
    public interface QuestionEncoder {
        /** Length of the vectors. */
        int dimension();

        /** For the response: name and fingerprint; plain values. */
        Map<String, Object> describe();

        /** Encodes queries, in the order given; answers on a thread that may be kept for a while, none of transport. */
        void encode(List<String> texts, ActionListener<List<Encoding>> listener);
    }

    void open(String name, IndexMetadata passages, ActionListener<QuestionEncoder> listener) {
        source.open(name, passages, listener);
    }
}
