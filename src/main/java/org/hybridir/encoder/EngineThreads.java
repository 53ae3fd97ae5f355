package org.hybridir.encoder;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The threads on which an encoder touches PyTorch. An {@link Error} in their work reaches the caller as an exception,
 * since a server ends its process at an error that escapes.
 */
final class EngineThreads {
    private EngineThreads() {}

    /** Starts a thread that does not keep the process from ending. */
    static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        // DJL finds its engine through this loader; a server's threads have another
        thread.setContextClassLoader(EngineThreads.class.getClassLoader());
        thread.start();
        return thread;
    }

    /** Does a piece of work on a thread of its own and waits for it, however long that takes. */
    static <T> T call(String name, Callable<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(work);
        join(start(name, task));
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("the work is done, so there is nothing to wait for", e);
        }
    }

    /** Waits for a thread's end; an interrupt does not shorten the wait, and is there again after it. */
    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What to throw for something that was thrown on one of these threads; its cause is kept. */
    static RuntimeException unchecked(Throwable cause) throws IOException {
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
}
