package org.hybridir.encoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hybridir.encoder.EncodingRequest.Text;

/**
 * Two lanes of texts, one a {@link TextRole}, and the threads that encode them. Thread-safe.
 *
 * <p>Each lane has threads of its own, as many as passes may run side by side, so that a query never waits for a long pass
 * over passages to end: the operating system lets both run. And while there are queries, passages start passes on half of their
 * threads only (on one at least), so that queries come first and loading goes on.
 *
 * <p>A pass has one thread, since passes side by side compute more than one that is spread over the processors. Only a query
 * that finds the encoder idle is spread: see {@link SpreadThread}.
 *
 * <p>Nothing waits for company. A batch is what waits when a thread is free, so texts of different callers run together
 * just when there is more to do than threads to do it, and the delay is never longer than the pass before.
 */
final class Lanes implements AutoCloseable {
    /** Texts to vectors. */
    interface Pass {
        /** @param threads that share the pass */
        float[][] embed(List<Tokens> batch, int threads);
    }

    /** One lane; everything in it is guarded by the lock. */
    private static final class Lane {
        private final TextQueue queue = new TextQueue();
        private LaneStats stats = new LaneStats();
        private int running;

        private boolean busy() {
            return running > 0 || !queue.isEmpty();
        }
    }

    private final String name;
    private final EncoderOptions options;
    private final Pass pass;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<TextRole, Lane> lanes = new EnumMap<>(TextRole.class);
    private final List<Thread> threads = new ArrayList<>();
    private final SpreadThread spread = SpreadThread.open();
    private boolean closed;

    /**
     * @param name of the encoder, for people
     * @param pass called by several threads at once
     */
    Lanes(String name, EncoderOptions options, Pass pass) {
        this.name = name;
        this.options = options;
        this.pass = pass;
        for (TextRole role : TextRole.values()) {
            lanes.put(role, new Lane());
        }
        for (TextRole role : TextRole.values()) {
            for (int i = 0; i < options.threads(); i++) {
                threads.add(
                        EngineThreads.start("hybrid-ir-" + role.key() + "[" + name + "][" + i + "]", () -> work(role)));
            }
        }
    }

    /**
     * Queues a request's texts. They are withdrawn if its result is completed from outside.
     *
     * @throws RejectedExecutionException if they do not fit into the queue
     */
    void add(TextRole role, EncodingRequest request) {
        Lane lane = lanes.get(role);
        lock.lock();
        try {
            checkRoom(role, lane, request.tokens());
            lane.stats.accepted(request);
            lane.queue.add(request);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        request.result().whenComplete((encodings, failure) -> {
            if (failure != null) {
                withdraw(lane, request);
            }
        });
    }

    private void checkRoom(TextRole role, Lane lane, long tokens) {
        long waiting = lane.queue.tokens();
        if (waiting > 0 && tokens > options.queueTokens() - waiting) {
            lane.stats.rejected();
            throw new RejectedExecutionException("the queue of texts to encode as [" + role.key()
                    + "] with the encoder ["
                    + name + "] is full: [" + waiting + "] tokens wait, at most [" + options.queueTokens()
                    + "] may, and the request brings [" + tokens + "]; send it again later, or fewer texts at once");
        }
    }

    private void withdraw(Lane lane, EncodingRequest request) {
        lock.lock();
        try {
            lane.stats.withdrawn(lane.queue.remove(request));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work(TextRole role) {
        Lane lane = lanes.get(role);
        for (Taken taken = take(role, lane); !taken.batch.isEmpty(); taken = take(role, lane)) {
            encode(lane, taken);
        }
    }

    /**
     * A batch to encode.
     *
     * @param spread whether it is of queries and has the encoder to itself
     */
    private record Taken(List<Text> batch, boolean spread) {}

    /** Waits for the next batch; an empty one says that the lanes are closed and nothing waits any more. */
    private Taken take(TextRole role, Lane lane) {
        lock.lock();
        try {
            while (!mayStart(role, lane)) {
                if (closed && lane.queue.isEmpty()) {
                    return new Taken(List.of(), false);
                }
                changed.awaitUninterruptibly();
            }
            List<Text> batch = lane.queue.next(options.batchTokens());
            boolean alone = lanes.values().stream().noneMatch(Lane::busy);
            lane.running++;
            lane.stats.started(batch, System.nanoTime());
            return new Taken(batch, role == TextRole.QUERY && alone);
        } finally {
            lock.unlock();
        }
    }

    private boolean mayStart(TextRole role, Lane lane) {
        if (lane.queue.isEmpty()) {
            return false;
        }
        boolean giveWay = role == TextRole.PASSAGE && lanes.get(TextRole.QUERY).busy();
        return lane.running < (giveWay ? Math.max(1, options.threads() / 2) : options.threads());
    }

    private void encode(Lane lane, Taken taken) {
        List<Text> batch = taken.batch;
        float[][] vectors;
        try {
            vectors = run(lane, taken);
        } catch (Throwable e) {
            RuntimeException failure = unchecked(e);
            batch.forEach(text -> text.request().result().completeExceptionally(failure));
            return;
        }
        for (int i = 0; i < vectors.length; i++) {
            batch.get(i).request().encoded(batch.get(i), vectors[i]);
        }
    }

    private static RuntimeException unchecked(Throwable e) {
        try {
            return EngineThreads.unchecked(e);
        } catch (IOException notLoaded) {
            return new UncheckedIOException(notLoaded);
        }
    }

    /** Counts it before those who wait for it hear of it. */
    private float[][] run(Lane lane, Taken taken) {
        long start = System.nanoTime();
        try {
            return embed(taken.batch.stream().map(Text::tokens).toList(), taken.spread);
        } finally {
            ended(lane, taken.batch, start);
        }
    }

    private float[][] embed(List<Tokens> batch, boolean spread) {
        int most = Math.min(options.threads(), options.threadsPerQuery());
        return spread && most > 1
                ? this.spread.call(() -> pass.embed(batch, most), () -> pass.embed(batch, 1))
                : pass.embed(batch, 1);
    }

    private void ended(Lane lane, List<Text> batch, long start) {
        lock.lock();
        try {
            lane.running--;
            lane.stats.ended(batch, System.nanoTime() - start);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Sums over both lanes, and {@code lanes} with each one's own numbers, as {@link Encoder#stats()} documents them. */
    Map<String, Object> stats() {
        Map<String, Object> stats = new LinkedHashMap<>();
        Map<String, Object> each = new LinkedHashMap<>();
        lock.lock();
        try {
            lanes.forEach((role, lane) -> {
                lane.stats.counts().forEach((count, value) -> stats.merge(count, value, (a, b) -> (Long) a + (Long) b));
                each.put(role.key(), stats(lane));
            });
        } finally {
            lock.unlock();
        }
        stats.put("lanes", each);
        return stats;
    }

    private static Map<String, Object> stats(Lane lane) {
        Map<String, Object> stats = new LinkedHashMap<>(lane.stats.counts());
        stats.put("queued_texts", lane.queue.texts());
        stats.put("queued_tokens", lane.queue.tokens());
        stats.put("running_batches", lane.running);
        stats.putAll(lane.stats.times());
        return stats;
    }

    /** Counts from nought. */
    void forgetStats() {
        lock.lock();
        try {
            lanes.values().forEach(lane -> lane.stats = new LaneStats());
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more requests, and waits until those that are there are done. */
    @Override
    public void close() {
        boolean first;
        lock.lock();
        try {
            first = !closed;
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        threads.forEach(EngineThreads::join);
        if (first) {
            spread.close();
        }
    }
}
