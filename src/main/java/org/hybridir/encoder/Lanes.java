package org.hybridir.encoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.hybridir.encoder.EncodingRequest.Text;

/**
 * Two lanes of texts, one a {@link TextRole}, and the threads that encode them. Thread-safe.
 *
 * <p>Each lane has threads of its own, as many as passes may run side by side, so that a query never waits for a long pass
 * over passages to end: the operating system lets both run. And while there are queries, passages start passes on half of their
 * threads only (on one at least), so that queries come first and loading goes on.
 *
 * <p>A pass has one thread, since passes side by side compute more than one that is spread over the processors. Only a query
 * that finds the encoder idle is spread, on a thread for all encoders ({@link SpreadThread}), to which it goes straight:
 * waking a lane's thread on the way would cost a short query more than it saves.
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
        private final Condition ready;
        private final TextQueue queue = new TextQueue();
        private LaneStats stats = new LaneStats();
        private int running;

        private Lane(Condition ready) {
            this.ready = ready;
        }

        private boolean busy() {
            return running > 0 || !queue.isEmpty();
        }
    }

    private final String name;
    private final EncoderOptions options;
    private final Pass pass;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<TextRole, Lane> lanes = new EnumMap<>(TextRole.class);
    private final List<Thread> threads = new ArrayList<>();
    private final SpreadThread spread = SpreadThread.open();
    private final int mostThreads;
    private final CompletableFuture<Error> broken = new CompletableFuture<>();
    private boolean closed;

    /**
     * @param name of the encoder, for people
     * @param pass called by several threads at once
     */
    Lanes(String name, EncoderOptions options, Pass pass) {
        this.name = name;
        this.options = options;
        this.pass = pass;
        this.mostThreads = Math.min(options.threads(), options.threadsPerQuery());
        for (TextRole role : TextRole.values()) {
            lanes.put(role, new Lane(lock.newCondition()));
        }
        try {
            startThreads();
        } catch (Throwable e) {
            close(); // the system may have had some threads left, but not all
            throw e;
        }
    }

    private void startThreads() {
        for (TextRole role : TextRole.values()) {
            for (int i = 0; i < options.threads(); i++) {
                threads.add(
                        EngineThreads.start("hybrid-ir-" + role.key() + "[" + name + "][" + i + "]", () -> work(role)));
            }
        }
    }

    /** The first {@link Error} that a pass ended with, also one that nobody waited for any more; completed on its thread. */
    CompletableFuture<Error> broken() {
        return broken;
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
            boolean idle = lanes.values().stream().noneMatch(Lane::busy);
            lane.stats.accepted(request);
            lane.queue.add(request);
            if (idle && role == TextRole.QUERY && lane.queue.texts() == 1 && mostThreads > 1 && spread.claim()) {
                List<Text> batch = start(lane);
                spread.run(() -> encode(lane, batch, mostThreads));
            } else {
                wake();
            }
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
            wake();
        } finally {
            lock.unlock();
        }
    }

    private void work(TextRole role) {
        Lane lane = lanes.get(role);
        for (List<Text> batch = take(role, lane); !batch.isEmpty(); batch = take(role, lane)) {
            encode(lane, batch, 1);
        }
    }

    /** Waits for the next batch; an empty one says that the lanes are closed and nothing waits any more. */
    private List<Text> take(TextRole role, Lane lane) {
        lock.lock();
        try {
            while (!mayStart(role, lane)) {
                if (closed && lane.queue.isEmpty()) {
                    return List.of();
                }
                lane.ready.awaitUninterruptibly();
            }
            List<Text> batch = start(lane);
            wake();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private List<Text> start(Lane lane) {
        List<Text> batch = lane.queue.next(options.batchTokens());
        lane.running++;
        lane.stats.started(batch, System.nanoTime());
        return batch;
    }

    /**
     * After each change: wakes one thread of each lane that may start a batch, and only those. The one that starts wakes the
     * next. Woken for nothing, threads would take the processors from a query that is being encoded.
     */
    private void wake() {
        lanes.forEach((role, lane) -> {
            if (mayStart(role, lane)) {
                lane.ready.signal();
            } else if (closed && lane.queue.isEmpty()) {
                lane.ready.signalAll();
            }
        });
    }

    private boolean mayStart(TextRole role, Lane lane) {
        if (lane.queue.isEmpty()) {
            return false;
        }
        boolean giveWay = role == TextRole.PASSAGE && lanes.get(TextRole.QUERY).busy();
        return lane.running < (giveWay ? Math.max(1, options.threads() / 2) : options.threads());
    }

    private void encode(Lane lane, List<Text> batch, int threads) {
        float[][] vectors;
        try {
            vectors = run(lane, batch, threads);
        } catch (Throwable e) {
            error(e).ifPresent(broken::complete);
            RuntimeException failure = unchecked(e);
            batch.forEach(text -> text.request().result().completeExceptionally(failure));
            return;
        }
        for (int i = 0; i < vectors.length; i++) {
            batch.get(i).request().encoded(batch.get(i), vectors[i]);
        }
    }

    private static Optional<Error> error(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(Error.class::isInstance)
                .map(Error.class::cast)
                .findFirst();
    }

    private static RuntimeException unchecked(Throwable e) {
        try {
            return EngineThreads.unchecked(e);
        } catch (IOException notLoaded) {
            return new UncheckedIOException(notLoaded);
        }
    }

    /** Counts it, and lets the next one spread, before those who wait for it hear of it. */
    private float[][] run(Lane lane, List<Text> batch, int threads) {
        long start = System.nanoTime();
        try {
            return pass.embed(batch.stream().map(Text::tokens).toList(), threads);
        } finally {
            if (threads > 1) {
                spread.free();
            }
            ended(lane, batch, start);
        }
    }

    private void ended(Lane lane, List<Text> batch, long start) {
        lock.lock();
        try {
            lane.running--;
            lane.stats.ended(batch, System.nanoTime() - start);
            wake();
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
            wake();
        } finally {
            lock.unlock();
        }
        threads.forEach(EngineThreads::join);
        if (first) {
            spread.awaitWork();
            spread.close();
        }
    }
}
