package org.hybridir.opensearch.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.opensearch.common.util.concurrent.AbstractRefCounted;

/**
 * One opening of one folder in one state: opening, then open or failed; an open one may fail later. When the folder changes,
 * a new slot takes its place, and this one is retired: closed at once if it was still opening, otherwise when its last user is
 * done.
 */
final class EncoderSlot extends AbstractRefCounted {
    enum State {
        OPENING,
        OPEN,
        FAILED,
        CLOSED
    }

    private final String stamp;
    private final Executor closer;
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean retired;
    private State state = State.OPENING;
    private NodeEncoder encoder;
    private Exception failure;

    /** @param closer closes the encoder: its last user may be on a thread of the encoder's own, for which closing waits */
    EncoderSlot(String name, String stamp, Executor closer) {
        super("encoder [" + name + "]");
        this.stamp = stamp;
        this.closer = closer;
    }

    String stamp() {
        return stamp;
    }

    synchronized State state() {
        return state;
    }

    /** Why it could not be opened, or why it failed later; or null. */
    synchronized Exception failure() {
        return failure;
    }

    /** Takes a reference, to be given back by {@link #decRef}, if it is open. */
    synchronized boolean tryUse() {
        return state == State.OPEN && tryIncRef();
    }

    /** The encoder; call only between a successful {@link #tryUse} and {@link #decRef}. */
    synchronized NodeEncoder encoder() {
        return encoder;
    }

    /** Runs it when the slot is no longer opening; at once if it is not. */
    void whenDecided(Runnable listener) {
        synchronized (this) {
            if (state == State.OPENING) {
                waiting.add(listener);
                return;
            }
        }
        listener.run();
    }

    /** Takes the encoder; false if the slot was retired meanwhile, so that the encoder stays the caller's to close. */
    boolean opened(NodeEncoder opened) {
        return decide(State.OPEN, opened, null);
    }

    /** It could not be opened; of no meaning if the slot was retired meanwhile. */
    void failed(Exception e) {
        decide(State.FAILED, null, e);
    }

    /** Ends the opening; false if that was done before. */
    private boolean decide(State decided, NodeEncoder opened, Exception e) {
        List<Runnable> told;
        synchronized (this) {
            if (state != State.OPENING) {
                return false;
            }
            state = decided;
            encoder = opened;
            failure = e;
            told = List.copyOf(waiting);
            waiting.clear();
        }
        told.forEach(Runnable::run);
        return true;
    }

    /** The open encoder is of no use any more; false if it was not open. Of several reasons the first stays. */
    boolean broke(Exception e) {
        synchronized (this) {
            if (state != State.OPEN) {
                return false;
            }
            state = State.FAILED;
            failure = e;
        }
        retire();
        return true;
    }

    /** Nobody new will use it. */
    void retire() {
        synchronized (this) {
            if (retired) {
                return;
            }
            retired = true;
        }
        decide(State.CLOSED, null, null);
        decRef();
    }

    @Override
    protected void closeInternal() {
        NodeEncoder open;
        synchronized (this) {
            open = encoder;
            encoder = null;
            state = state == State.OPEN ? State.CLOSED : state;
        }
        if (open != null) {
            closer.execute(open::close);
        }
    }
}
