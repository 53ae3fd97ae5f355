package org.hybridir.opensearch.encoder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;

/**
 * Stands in for an encoder where a test is about the node and not about vectors: a vector is drawn from the text's hash.
 * The folder holds one file, {@code dimension}, with a number; anything else in it does not open.
 */
public final class HashEncoder implements NodeEncoder {
    /** How many times any was asked to encode. */
    public static final AtomicInteger CALLS = new AtomicInteger();

    /** How long each text takes, in milliseconds; the test that sets it sets it back to 0. */
    public static volatile long slowness;

    private final int dimension;
    private boolean closed;

    private HashEncoder(int dimension) {
        this.dimension = dimension;
    }

    /** An {@link NodeEncoder.Opener}. */
    public static HashEncoder open(Path folder, EncoderOptions options) throws IOException {
        String text = Files.readString(folder.resolve("dimension"), StandardCharsets.UTF_8);
        if (text.isBlank()) {
            throw new IOException("the file [dimension] is empty");
        }
        return new HashEncoder(Integer.parseInt(text.strip()));
    }

    /** Writes a folder that {@link #open} opens, or does not if the dimension is empty. */
    public static void write(Path folder, String dimension) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("dimension"), dimension, StandardCharsets.UTF_8);
    }

    /** The vector that every instance of that dimension gives. */
    public static float[] vector(String text, TextRole role, int dimension) {
        Random random = new Random(text.hashCode() * 31L + role.name().hashCode());
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = random.nextFloat() - 0.5f;
        }
        return vector;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public String fingerprint() {
        return "hash-" + dimension;
    }

    @Override
    public Map<String, Object> describe() {
        return Map.of("dimension", dimension, "fingerprint", fingerprint());
    }

    @Override
    public Map<String, Object> stats() {
        return Map.of("texts", 0);
    }

    @Override
    public List<Encoding> encode(List<String> texts, TextRole role) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        CALLS.incrementAndGet();
        sleep(slowness * texts.size());
        List<Encoding> encodings = new ArrayList<>();
        texts.forEach(text -> encodings.add(new Encoding(vector(text, role, dimension), text.length(), false)));
        return encodings;
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
