package org.hybridir.trainer.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.hybridir.encoder.BatchPlan;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.TextRole;
import org.hybridir.encoder.TokenBatch;
import org.hybridir.encoder.Tokens;
import org.hybridir.trainer.export.OnnxNet;

/**
 * An artifact's encoder in ONNX Runtime, given all that ours has: the same tokenizer, the same batches of like length, the
 * longest first, and callers side by side.
 */
final class OnnxPeer implements Contestant {
    private static final List<Integer> BUDGETS = List.of(256, 512, 1024, 2048, 4096);

    private final OnnxModel model;
    private final String peer;
    private final Layout layout;
    private final OnnxNet net;
    private final ExecutorService callers;
    private final AtomicLong tokens = new AtomicLong();
    private final AtomicLong padded = new AtomicLong();
    private int budget = EncoderOptions.defaults().batchTokens();

    /** Takes the net over, and closes it. */
    OnnxPeer(OnnxModel model, String peer, Layout layout, OnnxNet net) {
        this.model = model;
        this.peer = peer;
        this.layout = layout;
        this.net = net;
        callers = Executors.newFixedThreadPool(
                layout.workers(), Thread.ofPlatform().name("onnx-", 0).daemon().factory());
    }

    @Override
    public String name() {
        return peer + " " + layout;
    }

    @Override
    public Optional<String> peer() {
        return Optional.of(peer);
    }

    /** The token budget of a batch, padding included. */
    int budget() {
        return budget;
    }

    /** Tries budgets on some texts and keeps the fastest. */
    void tune(List<String> texts, TextRole role) throws IOException {
        encode(texts, role);
        int best = budget;
        long least = Long.MAX_VALUE;
        for (int tried : BUDGETS) {
            budget = tried;
            long start = System.nanoTime();
            encode(texts, role);
            long took = System.nanoTime() - start;
            best = took < least ? tried : best;
            least = Math.min(least, took);
        }
        budget = best;
    }

    @Override
    public List<float[]> encode(List<String> texts, TextRole role) throws IOException {
        List<Tokens> all =
                texts.stream().map(text -> model.tokenize(text, role)).toList();
        int[] lengths = all.stream().mapToInt(text -> text.ids().length).toArray();
        List<int[]> plan = BatchPlan.of(lengths, budget);
        List<Callable<float[][]>> runs = new ArrayList<>();
        plan.forEach(batch ->
                runs.add(() -> embed(Arrays.stream(batch).mapToObj(all::get).toList())));
        List<float[][]> vectors = runAll(runs);
        float[][] ordered = new float[lengths.length][];
        for (int b = 0; b < plan.size(); b++) {
            for (int i = 0; i < plan.get(b).length; i++) {
                ordered[plan.get(b)[i]] = vectors.get(b)[i];
            }
        }
        return Arrays.asList(ordered);
    }

    private float[][] embed(List<Tokens> texts) throws IOException {
        TokenBatch batch = TokenBatch.of(texts, model.padId());
        tokens.addAndGet(texts.stream().mapToLong(text -> text.ids().length).sum());
        padded.addAndGet(batch.ids().length);
        return net.embed(batch);
    }

    private List<float[][]> runAll(List<Callable<float[][]>> runs) throws IOException {
        List<float[][]> results = new ArrayList<>();
        try {
            for (Future<float[][]> run : callers.invokeAll(runs)) {
                results.add(run.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while ONNX Runtime encoded", e);
        }
    }

    @Override
    public Computed computed() {
        return new Computed(tokens.get(), padded.get());
    }

    @Override
    public void close() throws IOException {
        callers.close();
        net.close();
    }
}
