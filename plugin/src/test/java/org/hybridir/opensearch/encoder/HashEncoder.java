package org.hybridir.opensearch.encoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.Reservations;
import org.hybridir.encoder.TextRole;
import org.hybridir.opensearch.HybridIrPlugin;

/**
 * Stands in for an encoder where a test is about the node and not about vectors: a vector is drawn from the text's hash.
 * The folder holds one file, {@code dimension}, with a number; anything else in it does not open. Queues, bounds, accounting
 * and withdrawal are as the real one's; a letter is a token.
 */
public final class HashEncoder implements NodeEncoder {
    /** How many times any was asked to encode. */
    public static final AtomicInteger CALLS = new AtomicInteger();

    /** How often any of them encoded a text. */
    public static final Map<String, Integer> ENCODED = new ConcurrentHashMap<>();

    /** How many texts wait, or run, in all of them. */
    public static final AtomicInteger WAITING = new AtomicInteger();

    /** What an open one takes, and what a text takes that waits. */
    public static final long WEIGHTS = 1_000_000;

    public static final long TEXT_BYTES = 1000;

    /** How long each text takes, in milliseconds; the test that sets it sets it back to 0. */
    public static volatile long slowness;

    /** What passages wait for before they are encoded; the test that sets it opens it. */
    public static volatile CountDownLatch passageGate = new CountDownLatch(0);

    /** What the next text to be encoded ends with, on the encoder's thread; used once. */
    public static volatile Error error;

    private final int dimension;
    private final EncoderOptions options;
    private final Reservations reservations;
    private final Map<TextRole, ExecutorService> threads = new EnumMap<>(TextRole.class);
    private final Map<TextRole, AtomicLong> queuedTokens = new EnumMap<>(TextRole.class);
    private final CompletableFuture<Error> broken = new CompletableFuture<>();
    private volatile boolean closed;

    private HashEncoder(int dimension, EncoderOptions options, Reservations reservations) {
        this.dimension = dimension;
        this.options = options;
        this.reservations = reservations;
        for (TextRole role : TextRole.values()) {
            threads.put(role, Executors.newFixedThreadPool(2, task -> new Thread(task, "hash-encoder")));
            queuedTokens.put(role, new AtomicLong());
        }
    }

    /** An {@link NodeEncoder.Opener}. */
    public static HashEncoder open(Path folder, EncoderOptions options, Reservations reservations) throws IOException {
        String text = Files.readString(folder.resolve("dimension"), StandardCharsets.UTF_8);
        if (text.isBlank()) {
            throw new IOException("the file [dimension] is empty");
        }
        reservations.reserve("<weights>", WEIGHTS);
        return new HashEncoder(Integer.parseInt(text.strip()), options, reservations);
    }

    /** Writes a folder that {@link #open} opens, or does not if the dimension is empty; at once, whoever looks meanwhile. */
    public static void write(Path folder, String dimension) throws IOException {
        Files.createDirectories(folder);
        Path draft = folder.resolveSibling(folder.getFileName() + ".draft");
        Files.writeString(draft, dimension, StandardCharsets.UTF_8);
        Files.move(draft, folder.resolve("dimension"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Puts one that opens into a node's folder of configuration, which is made if it is not there, and gives that folder. */
    public static Path addTo(Path config, String name, int dimension) {
        try {
            Path encoders = config.resolve(HybridIrPlugin.NAME).resolve("encoders");
            write(encoders.resolve(name), Integer.toString(dimension));
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        return Map.of(
                "dimension",
                dimension,
                "fingerprint",
                fingerprint(),
                "precision",
                "fp32",
                "threads",
                options.threads());
    }

    @Override
    public Map<String, Object> stats() {
        return Map.of(
                "lanes",
                Map.of(
                        "query",
                        Map.of("texts", 7L, "queued_texts", 0L, "wait_ms", Map.of("p50", 1.5, "p99", 20.0)),
                        "passage",
                        Map.of("texts", 9L, "queued_texts", 3L, "rejected_requests", 2L)));
    }

    @Override
    public CompletableFuture<Error> broken() {
        return broken;
    }

    @Override
    public CompletableFuture<List<Encoding>> submit(List<String> texts, TextRole role) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        CALLS.incrementAndGet();
        CompletableFuture<List<Encoding>> result = new CompletableFuture<>();
        long tokens = texts.stream().mapToLong(String::length).sum();
        AtomicLong queued = queuedTokens.get(role);
        if (queued.get() > 0 && queued.get() + tokens > options.queueTokens()) {
            return CompletableFuture.failedFuture(new RejectedExecutionException(
                    "the queue of [" + role.key() + "] texts is full; send the request again later, or fewer at once"));
        }
        reservations.reserve("<texts>", TEXT_BYTES * texts.size());
        queued.addAndGet(tokens);
        WAITING.addAndGet(texts.size());
        result.whenComplete((encodings, failure) -> {
            reservations.release(TEXT_BYTES * texts.size());
            queued.addAndGet(-tokens);
            WAITING.addAndGet(-texts.size());
        });
        threads.get(role).execute(() -> encode(texts, role, result));
        return result;
    }

    /** Like the real one, which does a batch and looks again. */
    private void encode(List<String> texts, TextRole role, CompletableFuture<List<Encoding>> result) {
        try {
            List<Encoding> encodings = new ArrayList<>();
            for (String text : texts) {
                if (result.isDone()) {
                    return;
                }
                encodings.add(encode(text, role));
            }
            result.complete(encodings);
        } catch (Throwable e) {
            if (e instanceof Error thrown) {
                broken.complete(thrown);
            }
            result.completeExceptionally(e);
        }
    }

    private Encoding encode(String text, TextRole role) throws InterruptedException {
        Error thrown = error;
        if (thrown != null) {
            error = null;
            throw thrown;
        }
        if (role == TextRole.PASSAGE) {
            passageGate.await();
        }
        if (slowness > 0) {
            Thread.sleep(slowness);
        }
        ENCODED.merge(text, 1, Integer::sum);
        return new Encoding(vector(text, role, dimension), text.length(), false);
    }

    @Override
    public void close() {
        closed = true;
        threads.values().forEach(ExecutorService::shutdown);
        reservations.release(WEIGHTS);
    }
}
