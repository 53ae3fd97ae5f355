package org.hybridir.trainer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C begins the end of the JVM, which then waits until this is closed: a run finishes its step and saves meanwhile. */
final class StopSignal implements AutoCloseable {
    private static final int MINUTES = 10;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "hybrid-ir-stop");
    private volatile boolean asked;

    /** From now on Ctrl-C asks first. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether to stop. */
    boolean asked() {
        return asked;
    }

    private void stopAndWait() {
        asked = true;
        try {
            done.await(MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is running: the JVM ends
        }
    }
}
