package org.hybridir.trainer.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.hybridir.trainer.load.LoadException;

/** Threads that each do one job after the other until they are told to stop; failures are counted, and the first is kept. */
final class Crew {
    /** After a failure, so that a node that is gone is not asked thousands of times a second. */
    private static final int PAUSE_MILLIS = 500;

    private final int threads;
    private final Job job;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicReference<String> firstError = new AtomicReference<>("");
    private final Latencies latencies = new Latencies();

    /** One of many jobs. */
    interface Job {
        /**
         * @param number counts the jobs of all threads, from 0 on
         * @return how much was done
         */
        long run(long number) throws LoadException;
    }

    /**
     * What a crew did.
     *
     * @param done sum over all jobs
     * @param seconds from the first job's start to the last one's end
     * @param latencies of the jobs that did not fail
     * @param errors jobs that failed
     * @param firstError empty if none failed
     */
    record Result(
            int threads, long done, double seconds, Latencies.Percentiles latencies, long errors, String firstError) {
        double perSecond() {
            return done / seconds;
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("threads", threads);
            map.put("done", done);
            map.put("seconds", seconds);
            map.put("per_second", perSecond());
            map.put("latency", latencies.toMap());
            map.put("errors", errors);
            map.put("first_error", firstError);
            return map;
        }
    }

    Crew(int threads, Job job) {
        this.threads = threads;
        this.job = job;
    }

    /** Starts to work; the result comes after each thread has ended the job at which {@code stop} became true. */
    CompletableFuture<Result> start(BooleanSupplier stop) {
        long start = System.nanoTime();
        ExecutorService executor = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("hybrid-ir-bench-", 0).factory());
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            ends.add(CompletableFuture.runAsync(() -> work(stop), executor));
        }
        executor.shutdown();
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                .thenApply(nothing -> result((System.nanoTime() - start) / 1e9));
    }

    private void work(BooleanSupplier stop) {
        Latencies own = new Latencies();
        while (!stop.getAsBoolean()) {
            try {
                own.time(() -> done.addAndGet(job.run(next.getAndIncrement())));
            } catch (LoadException e) {
                errors.incrementAndGet();
                firstError.compareAndSet("", e.getMessage());
                pause();
            }
        }
        synchronized (latencies) {
            latencies.add(own);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Result result(double seconds) {
        return new Result(threads, done.get(), seconds, latencies.percentiles(), errors.get(), firstError.get());
    }
}
