package org.hybridir.encoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.hybridir.program.Precision;
import org.hybridir.program.Processor;

/**
 * Text to vector, the same way at ingest, at query, in training and in evaluation. Thread-safe: callers share
 * the encoder's threads batch by batch, so that a short text does not wait for the whole of a long list.
 */
public final class Encoder implements AutoCloseable {
    private final Artifact artifact;
    private final EncoderOptions options;
    private final ChosenArithmetic arithmetic;
    private final WorkerThreads workers;
    private final TextTokenizer tokenizer;
    private final ForwardPass forwardPass;
    /** Read: encoding. Write: closing, which so waits for all who encode. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private volatile EncoderStats stats = new EncoderStats();
    private boolean closed;

    private Encoder(
            Artifact artifact,
            EncoderOptions options,
            ChosenArithmetic arithmetic,
            WorkerThreads workers,
            TextTokenizer tokenizer,
            ForwardPass forwardPass) {
        this.artifact = artifact;
        this.options = options;
        this.arithmetic = arithmetic;
        this.workers = workers;
        this.tokenizer = tokenizer;
        this.forwardPass = forwardPass;
    }

    /**
     * Opens an artifact and verifies hashes, shapes and golden vectors; {@link ArtifactException} says what is wrong.
     *
     * @throws IOException also if the native libraries cannot be loaded
     */
    public static Encoder open(Path folder, EncoderOptions options) throws IOException {
        return open(folder, options, Reservations.NONE);
    }

    /** As {@link #open(Path, EncoderOptions)}, accounting for the memory that the encoder takes. */
    public static Encoder open(Path folder, EncoderOptions options, Reservations reservations) throws IOException {
        Encoder encoder = openUnproven(folder, options);
        try {
            GoldenVectors.verify(encoder.artifact.folder(), encoder);
        } catch (IOException | RuntimeException e) {
            encoder.close();
            throw e;
        }
        encoder.stats = new EncoderStats();
        return encoder;
    }

    /** All of {@link #open} but the golden vectors, which the writer has yet to compute. */
    static Encoder openUnproven(Path folder, EncoderOptions options) throws IOException {
        OfflineMode.enter();
        WorkerThreads workers = new WorkerThreads("hybrid-ir-encoder[" + folder.getFileName() + "]", options.threads());
        try {
            return workers.call(() -> load(folder, options, workers));
        } catch (IOException | RuntimeException e) {
            workers.close();
            throw e;
        }
    }

    private static Encoder load(Path folder, EncoderOptions options, WorkerThreads workers) throws IOException {
        Artifact artifact = Artifact.open(new ArtifactFolder(folder));
        try {
            TextTokenizer tokenizer = TextTokenizer.open(artifact);
            try {
                ChosenArithmetic arithmetic = ChosenArithmetic.of(options.precision(), Processor.current(), artifact);
                ForwardPass forwardPass = ForwardPass.open(artifact, arithmetic.layers());
                return new Encoder(artifact, options, arithmetic, workers, tokenizer, forwardPass);
            } catch (Throwable e) {
                tokenizer.close();
                throw e;
            }
        } catch (Throwable e) {
            artifact.close();
            throw e;
        }
    }

    public Manifest manifest() {
        return artifact.manifest();
    }

    /** The length of every vector. */
    public int dimension() {
        return artifact.dimension();
    }

    /**
     * SHA-256 in hex over everything that decides a vector; two encoders with the same one give the same vectors, but for
     * what {@link Precision#INT8} says of batches.
     */
    public String fingerprint() {
        return artifact.fingerprint(arithmetic.layers());
    }

    Precision precision() {
        return arithmetic.layers().precision();
    }

    /** What this encoder is, for people and for REST: plain maps, lists, strings, numbers and booleans. */
    public Map<String, Object> describe() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", manifest().name());
        map.put("family", artifact.config().family().modelType());
        map.put("dimension", dimension());
        map.put("layers", artifact.config().layers());
        map.put("vocabulary", artifact.config().vocabulary());
        map.put("pooling", artifact.layout().pooling().key());
        artifact.layout().dense().ifPresent(dense -> map.put("dense", dense.describe()));
        for (TextRole role : TextRole.values()) {
            map.put(
                    role.key(),
                    Map.of(
                            "prefix",
                            manifest().prefix(role),
                            "max_tokens",
                            manifest().maxTokens(role)));
        }
        map.putAll(arithmetic.describe());
        map.put("threads", options.threads());
        map.put("batch_tokens", options.batchTokens());
        map.put("fingerprint", fingerprint());
        map.put("provenance", manifest().provenance());
        return map;
    }

    /**
     * Counters since it was opened: texts, tokens, padded_tokens (tokens and padding, which is what was computed),
     * truncated_texts, batches, run_time_ms (of forward passes).
     */
    public Map<String, Object> stats() {
        return stats.toMap();
    }

    /**
     * Encodes texts, in the order given. Blocks until done; runs on the encoder's own threads.
     *
     * @throws IllegalArgumentException if a text is null
     * @throws IllegalStateException if the encoder is closed
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     */
    public List<Encoding> encode(List<String> texts, TextRole role) {
        List<String> prefixed = prefixed(texts, manifest().prefix(role));
        return whileOpen(() -> encodePrefixed(prefixed, manifest().maxTokens(role)));
    }

    /**
     * Encodes texts, in the order given, without blocking for longer than their tokenising takes. The result is completed on
     * one of the encoder's threads, so what follows it must be brief or go elsewhere. Completing the result in another way
     * (cancel, {@link CompletableFuture#orTimeout}) withdraws the texts that still wait.
     *
     * <p>The result fails with {@link java.util.concurrent.RejectedExecutionException} if the lane of the role is full, with
     * what {@link Reservations} throws if memory is short, and as {@link #encode} says.
     */
    public CompletableFuture<List<Encoding>> submit(List<String> texts, TextRole role) {
        return CompletableFuture.supplyAsync(() -> encode(texts, role));
    }

    /** Whether the encoder sees the whole of a text, its prefix included; what does not fit {@link #encode} cuts off. */
    public boolean fits(String text, TextRole role) {
        String prefixed = manifest().prefix(role) + text;
        return whileOpen(
                () -> !tokenizer.tokenize(prefixed, manifest().maxTokens(role)).truncated());
    }

    private static List<String> prefixed(List<String> texts, String prefix) {
        List<String> prefixed = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i) == null) {
                throw new IllegalArgumentException(
                        "text [" + i + "] of [" + texts.size() + "] is null; an empty text is allowed, null is not");
            }
            prefixed.add(prefix + texts.get(i));
        }
        return prefixed;
    }

    private List<Encoding> encodePrefixed(List<String> texts, int maxTokens) throws IOException {
        List<Tokens> tokens = workers.call(() ->
                texts.stream().map(text -> tokenizer.tokenize(text, maxTokens)).toList());
        int[] lengths = tokens.stream().mapToInt(text -> text.ids().length).toArray();
        Encoding[] encodings = new Encoding[texts.size()];
        List<int[]> plan = BatchPlan.of(lengths, options.batchTokens());
        List<Callable<float[][]>> passes = new ArrayList<>(plan.size());
        for (int[] batch : plan) {
            passes.add(() -> embed(Arrays.stream(batch).mapToObj(tokens::get).toList()));
        }
        List<float[][]> vectors = workers.callAll(passes);
        for (int b = 0; b < plan.size(); b++) {
            for (int i = 0; i < plan.get(b).length; i++) {
                int text = plan.get(b)[i];
                encodings[text] = new Encoding(
                        vectors.get(b)[i], lengths[text], tokens.get(text).truncated());
            }
        }
        return Arrays.asList(encodings);
    }

    private float[][] embed(List<Tokens> batch) {
        long start = System.nanoTime();
        float[][] vectors = forwardPass.embed(batch);
        stats.count(batch, System.nanoTime() - start);
        return vectors;
    }

    /** The last layer's vector of each token of a text, without prefix, cut as a passage is. */
    public TokenVectors tokenVectors(String text) {
        return whileOpen(() -> workers.call(() -> {
            Tokens tokens = tokenizer.tokenize(text, manifest().passageTokens());
            return new TokenVectors(tokens.ids(), forwardPass.tokenVectors(tokens));
        }));
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T whileOpen(Work<T> work) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the encoder [" + manifest().name() + "] is closed; open it again");
            }
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            use.readLock().unlock();
        }
    }

    /** Arrays that live now: the weights, and those of passes that run. */
    int liveArrays() {
        return forwardPass.liveArrays();
    }

    /** Waits for work that runs, then gives back threads, arrays and mapped files. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                workers.close();
                release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            use.writeLock().unlock();
        }
    }

    private void release() throws IOException {
        forwardPass.close();
        tokenizer.close();
        artifact.close();
    }
}
