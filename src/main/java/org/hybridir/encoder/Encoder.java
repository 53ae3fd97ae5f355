package org.hybridir.encoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.hybridir.program.Precision;
import org.hybridir.program.Processor;

/**
 * Text to vector, the same way at ingest, at query, in training and in evaluation. Thread-safe: callers share
 * the encoder's threads batch by batch, so that a short text does not wait for the whole of a long list; see {@link Lanes}.
 */
public final class Encoder implements AutoCloseable {
    private final Artifact artifact;
    private final EncoderOptions options;
    private final Reservations reservations;
    private final EncoderBytes memory;
    private final ChosenArithmetic arithmetic;
    private final TextTokenizer tokenizer;
    private final ForwardPass forwardPass;
    private final Lanes lanes;
    /** Read: handing texts over. Write: closing. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private boolean closed;

    private Encoder(
            Artifact artifact,
            EncoderOptions options,
            Reservations reservations,
            EncoderBytes memory,
            ChosenArithmetic arithmetic,
            TextTokenizer tokenizer,
            ForwardPass forwardPass) {
        this.artifact = artifact;
        this.options = options;
        this.reservations = reservations;
        this.memory = memory;
        this.arithmetic = arithmetic;
        this.tokenizer = tokenizer;
        this.forwardPass = forwardPass;
        this.lanes = new Lanes(artifact.manifest().name(), options, forwardPass::embed);
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
        Encoder encoder = openUnproven(folder, options, reservations);
        try {
            GoldenVectors.verify(encoder.artifact.folder(), encoder);
        } catch (Throwable e) {
            encoder.close();
            throw e;
        }
        encoder.lanes.forgetStats();
        return encoder;
    }

    /** All of {@link #open} but the golden vectors, which the writer has yet to compute. */
    static Encoder openUnproven(Path folder, EncoderOptions options, Reservations reservations) throws IOException {
        OfflineMode.enter();
        return EngineThreads.call(
                "hybrid-ir-open[" + folder.getFileName() + "]", () -> load(folder, options, reservations));
    }

    private static Encoder load(Path folder, EncoderOptions options, Reservations reservations) throws IOException {
        Artifact artifact = Artifact.open(new ArtifactFolder(folder));
        try {
            ChosenArithmetic arithmetic = ChosenArithmetic.of(options.precision(), Processor.current(), artifact);
            EncoderBytes memory = EncoderBytes.of(artifact, arithmetic.layers(), options);
            reservations.reserve(
                    "the weights and buffers of the encoder ["
                            + artifact.manifest().name() + "]",
                    memory.total());
            try {
                return load(artifact, options, reservations, memory, arithmetic);
            } catch (Throwable e) {
                reservations.release(memory.total());
                throw e;
            }
        } catch (Throwable e) {
            artifact.close();
            throw e;
        }
    }

    private static Encoder load(
            Artifact artifact,
            EncoderOptions options,
            Reservations reservations,
            EncoderBytes memory,
            ChosenArithmetic arithmetic)
            throws IOException {
        TextTokenizer tokenizer = TextTokenizer.open(artifact);
        try {
            ForwardPass forwardPass = ForwardPass.open(artifact, arithmetic.layers());
            try {
                return new Encoder(artifact, options, reservations, memory, arithmetic, tokenizer, forwardPass);
            } catch (Throwable e) {
                forwardPass.close();
                throw e;
            }
        } catch (Throwable e) {
            tokenizer.close();
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
        map.put("threads_per_query", options.threadsPerQuery());
        map.put("batch_tokens", options.batchTokens());
        map.put("queue_tokens", options.queueTokens());
        map.put("fingerprint", fingerprint());
        map.put("provenance", manifest().provenance());
        return map;
    }

    /**
     * Counters since it was opened: texts (encoded ones), repeated_texts (which were the same as another text of their
     * request), tokens, padded_tokens (tokens and padding, which is what was computed), truncated_texts, batches,
     * run_time_ms (of forward passes), rejected_requests, withdrawn_texts. Under {@code lanes}, {@code query} and
     * {@code passage}, each lane's own, and what is now: queued_texts, queued_tokens, running_batches, and the percentiles of
     * wait_ms and run_ms of the last minutes.
     */
    public Map<String, Object> stats() {
        return lanes.stats();
    }

    /**
     * The first {@link Error} that a forward pass ended with, also where nobody waited for that pass any more; not complete as
     * long as there is none. It is completed on one of the encoder's threads, so what follows it must be brief or go elsewhere.
     */
    public CompletableFuture<Error> broken() {
        return lanes.broken();
    }

    /**
     * Encodes texts, in the order given. Blocks until done; runs on the encoder's own threads.
     *
     * @throws IllegalArgumentException if a text is null
     * @throws IllegalStateException if the encoder is closed
     * @throws CancellationException if the calling thread is interrupted
     */
    public List<Encoding> encode(List<String> texts, TextRole role) {
        CompletableFuture<List<Encoding>> result = submit(texts, role);
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return result.get();
        } catch (InterruptedException e) {
            result.cancel(false);
            Thread.currentThread().interrupt();
            throw new CancellationException("the thread that waited for the encoder was interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
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
        try {
            List<String> prefixed = prefixed(texts, manifest().prefix(role));
            return whileOpen(() -> handOver(prefixed, role));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<List<Encoding>> handOver(List<String> texts, TextRole role) {
        int maxTokens = manifest().maxTokens(role);
        EncodingRequest request = new EncodingRequest(texts, text -> tokenizer.tokenize(text, maxTokens));
        if (request.texts().isEmpty()) {
            return request.result();
        }
        long bytes = EncoderBytes.ofRequest(request, dimension());
        reservations.reserve(
                "[" + texts.size() + "] texts for the encoder [" + manifest().name() + "]", bytes);
        request.result().whenComplete((encodings, failure) -> reservations.release(bytes));
        try {
            lanes.add(role, request);
        } catch (RuntimeException e) {
            request.result().completeExceptionally(e);
        }
        return request.result();
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

    /** The last layer's vector of each token of a text, without prefix, cut as a passage is. */
    public TokenVectors tokenVectors(String text) {
        return whileOpen(() -> {
            Tokens tokens = tokenizer.tokenize(text, manifest().passageTokens());
            float[][] vectors = EngineThreads.call(
                    "hybrid-ir-tokens[" + manifest().name() + "]", () -> forwardPass.tokenVectors(tokens));
            return new TokenVectors(tokens.ids(), vectors);
        });
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T whileOpen(Work<T> work) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(closedMessage());
            }
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            use.readLock().unlock();
        }
    }

    private String closedMessage() {
        return "the encoder [" + manifest().name() + "] is closed; open it again";
    }

    /** Arrays that live now: the weights, and those of passes that run. */
    int liveArrays() {
        return forwardPass.liveArrays();
    }

    /** Waits for texts that wait or run, then gives back threads, arrays, mapped files and what was reserved. */
    @Override
    public void close() {
        if (!endUse()) {
            return;
        }
        lanes.close();
        forwardPass.close();
        tokenizer.close();
        reservations.release(memory.total());
        try {
            artifact.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets no more texts in, and waits for those being handed over; false if that was done before. */
    private boolean endUse() {
        use.writeLock().lock();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            use.writeLock().unlock();
        }
    }
}
