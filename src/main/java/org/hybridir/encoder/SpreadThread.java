package org.hybridir.encoder;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * The one thread of the process whose passes are spread over several processors, for all encoders. It is there while an
 * encoder is open. Thread-safe.
 *
 * <p>Each thread that spreads its work has a team of helpers of its own in OpenMP. As soon as all teams together are more
 * threads than there are processors, OpenMP lets helpers sleep between two matrix products instead of spinning, and waking them
 * costs a short query more than they save: two encoders' threads with a team each are slower than without. So there is one.
 */
final class SpreadThread implements AutoCloseable {
    private static SpreadThread current;
    private static int users;

    private final Semaphore free = new Semaphore(1);
    private final LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final Thread thread;
    private boolean ended;

    private SpreadThread() {
        thread = EngineThreads.start("hybrid-ir-spread", this::work);
    }

    /** Each call needs a {@link #close} of its own. */
    static synchronized SpreadThread open() {
        if (users == 0) {
            current = new SpreadThread();
        }
        users++;
        return current;
    }

    private void work() {
        while (!ended) {
            try {
                work.take().run();
            } catch (InterruptedException e) {
                // nobody interrupts it to end it: what ends it comes through the queue
            }
        }
    }

    /** Asks for the thread; who gets it calls {@link #run} once and {@link #free} when that work no longer spreads. */
    boolean claim() {
        return free.tryAcquire();
    }

    /** Has the thread do what it was claimed for, and does not wait for it. */
    void run(Runnable claimed) {
        work.add(claimed);
    }

    void free() {
        free.release();
    }

    /** Waits until all is done that the thread was given before. */
    void awaitWork() {
        CompletableFuture.runAsync(() -> {}, work::add).join();
    }

    @Override
    public void close() {
        synchronized (SpreadThread.class) {
            if (--users > 0) {
                return;
            }
            current = null;
        }
        work.add(() -> ended = true);
        EngineThreads.join(thread);
    }
}
