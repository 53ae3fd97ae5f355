package org.hybridir.encoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Text to vector, the same way at ingest, at query, in training and in evaluation. Thread-safe. */
public final class Encoder implements AutoCloseable {
    private Encoder() {}

    /** Opens an artifact and verifies hashes, shapes and golden vectors; {@link ArtifactException} says what is wrong. */
    public static Encoder open(Path folder, EncoderOptions options) throws IOException {
        throw new UnsupportedOperationException();
    }

    public Manifest manifest() {
        throw new UnsupportedOperationException();
    }

    /** The length of every vector. */
    public int dimension() {
        throw new UnsupportedOperationException();
    }

    /** SHA-256 in hex over everything that decides a vector; two encoders with the same one give the same vectors. */
    public String fingerprint() {
        throw new UnsupportedOperationException();
    }

    /** What this encoder is, for people and for REST: plain maps, lists, strings, numbers and booleans. */
    public Map<String, Object> describe() {
        throw new UnsupportedOperationException();
    }

    /** Counters since it was opened: texts, tokens, padded_tokens, truncated_texts, batches, run_time_ms. */
    public Map<String, Object> stats() {
        throw new UnsupportedOperationException();
    }

    /**
     * Encodes texts, in the order given. Blocks until done; runs on the encoder's own thread.
     *
     * @throws IllegalArgumentException if a text is null
     * @throws IllegalStateException if the encoder is closed
     */
    public List<Encoding> encode(List<String> texts, TextRole role) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
