package org.hybridir.encoder;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The one thread on which an encoder touches PyTorch. Work is done in the order in which it comes; an {@link Error} in
 * it reaches the caller as an exception, since a server ends its process at an error that escapes.
 */
final class WorkerThread implements AutoCloseable {
    private final ExecutorService executor;

    WorkerThread(String name) {
        executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            // DJL finds its engine through this loader; a server's threads have another
            thread.setContextClassLoader(WorkerThread.class.getClassLoader());
            return thread;
        });
    }

    /**
     * Does a piece of work on the thread and waits for it.
     *
     * @throws CancellationException if the waiting thread is interrupted
     */
    <T> T call(Callable<T> work) throws IOException {
        Future<T> future = executor.submit(work);
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw new CancellationException("the thread that waited for the encoder was interrupted");
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
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

    /** Takes no more work; the thread ends after the work that it has. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
