package org.hybridir.trainer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hybridir.trainer.run.Interruption;

/** Ctrl-C begins the end of the JVM, which then waits until this is closed: a run finishes its step and saves meanwhile. */
final class StopSignal implements AutoCloseable {
    private static final int MINUTES = 10;

    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean asked;
    private Interruption.Action action;

    /** From now on Ctrl-C asks first. */
    void listen() {
        action = Interruption.ofProcess().add(this::stopAndWait);
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
        if (action != null) {
            action.close();
        }
    }
}
