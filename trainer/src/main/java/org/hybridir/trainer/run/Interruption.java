package org.hybridir.trainer.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * What happens when the process is asked to end (Ctrl-C, SIGTERM) before its command has: the actions, one after the other and
 * the newest first. Then the process ends at once, since PyTorch may still compute, and would crash when its library is taken
 * down under it, as it is at the usual end of a process. Thread-safe.
 */
public final class Interruption {
    /** As shells have it: 128 and the number of SIGINT. */
    private static final int INTERRUPTED = 130;

    private static final Interruption OF_PROCESS = new Interruption();

    private final Deque<Action> actions = new ArrayDeque<>();
    private volatile boolean running;

    Interruption() {}

    /** The one of this process. */
    public static Interruption ofProcess() {
        return OF_PROCESS;
    }

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(OF_PROCESS::end, "hybrid-ir-end"));
    }

    /** Something to do, until it is closed. */
    public final class Action implements AutoCloseable {
        private final Runnable work;

        private Action(Runnable work) {
            this.work = work;
        }

        @Override
        public void close() {
            synchronized (actions) {
                actions.remove(this);
            }
        }
    }

    /** Adds an action. It may wait for the command's own end, to which a thread of the command must come meanwhile. */
    public Action add(Runnable work) {
        Action action = new Action(work);
        synchronized (actions) {
            actions.push(action);
        }
        return action;
    }

    /** Runs a command to its end; what comes after it may take its time. */
    public int guard(IntSupplier command) {
        running = true;
        try {
            return command.getAsInt();
        } finally {
            running = false;
        }
    }

    private void end() {
        act();
        if (running) {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
    }

    /** An action that fails does not keep the others from their turn. */
    void act() {
        List<Action> newestFirst;
        synchronized (actions) {
            newestFirst = List.copyOf(actions);
        }
        for (Action action : newestFirst) {
            try {
                action.work.run();
            } catch (RuntimeException e) {
                Thread current = Thread.currentThread();
                current.getUncaughtExceptionHandler().uncaughtException(current, e);
            }
        }
    }
}
