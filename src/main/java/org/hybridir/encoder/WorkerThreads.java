package org.hybridir.encoder;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which an encoder touches PyTorch. An {@link Error} in their work reaches the caller as an exception,
 * since a server ends its process at an error that escapes.
 */
final class WorkerThreads implements AutoCloseable {
    private final ExecutorService executor;
    private final int count;

    WorkerThreads(String name, int count) {
        this.count = count;
        executor = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            // DJL finds its engine through this loader; a server's threads have another
            thread.setContextClassLoader(WorkerThreads.class.getClassLoader());
            return thread;
        });
    }

    /**
     * Does a piece of work on a worker and waits for it.
     *
     * @throws CancellationException if the waiting thread is interrupted
     */
    <T> T call(Callable<T> work) throws IOException {
        return callAll(List.of(work)).get(0);
    }

    /**
     * Does pieces of work, as many at once as there are workers, and waits for all. No more than that are queued at any
     * time, so that callers take turns.
     *
     * @return the results in the order of the work
     * @throws CancellationException if the waiting thread is interrupted
     */
    <T> List<T> callAll(List<Callable<T>> work) throws IOException {
        CompletionService<T> finished = new ExecutorCompletionService<>(executor);
        List<Future<T>> futures = new ArrayList<>(work.size());
        try {
            for (Callable<T> piece : work) {
                if (futures.size() >= count) {
                    finished.take().get();
                }
                futures.add(finished.submit(piece));
            }
            List<T> results = new ArrayList<>(work.size());
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the thread that waited for the encoder was interrupted");
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } finally {
            futures.forEach(future -> future.cancel(false));
        }
    }

    private static RuntimeException unchecked(Throwable cause) throws IOException {
        Throwable loading = cause instanceof EngineException ? cause.getCause() : cause;
        if (loading instanceof LinkageError) {
            throw notLoaded(loading);
        }
        if (cause instanceof IOException e) {
            throw e;
        }
        return cause instanceof RuntimeException e
                ? e
                : new IllegalStateException("the encoder failed: " + cause, cause);
    }

    private static IOException notLoaded(Throwable cause) {
        return new IOException(
                "the native libraries of PyTorch and of the tokenizers could not be loaded on ["
                        + System.getProperty("os.name") + "/" + System.getProperty("os.arch") + "]: " + cause
                        + "; check that pytorch-native-cpu of this platform is on the class path, or that"
                        + " PYTORCH_LIBRARY_PATH names a folder with libtorch",
                cause);
    }

    /** Takes no more work and waits for what is there; an interrupt does not shorten the wait. */
    @Override
    public void close() {
        executor.shutdown();
        boolean interrupted = false;
        while (!executor.isTerminated()) {
            try {
                executor.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
