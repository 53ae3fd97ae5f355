package org.hybridir.opensearch.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.opensearch.common.util.concurrent.AbstractRefCounted;
import org.opensearch.core.action.ActionListener;

/**
 * One opening of one folder in one state: opening, then open or failed; an open one may fail later. When the folder changes,
 * a new slot takes its place. The encoder closes when it was retired and its last user is done.
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
    private final AtomicBoolean retired = new AtomicBoolean();
    private final List<ActionListener<EncoderSlot>> waiting = new ArrayList<>();
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

    /** The encoder; call only between a successful {@link #tryIncRef} and {@link #decRef}, after it was opened. */
    synchronized NodeEncoder encoder() {
        return encoder;
    }

    /** Tells the listener when it is open or failed; at once if it already is. */
    void whenDecided(ActionListener<EncoderSlot> listener) {
        synchronized (this) {
            if (state == State.OPENING) {
                waiting.add(listener);
                return;
            }
        }
        tell(listener);
    }

    void opened(NodeEncoder opened) {
        decide(State.OPEN, opened, null);
    }

    void failed(Exception e) {
        decide(State.FAILED, null, e);
    }

    private void decide(State decided, NodeEncoder opened, Exception e) {
        List<ActionListener<EncoderSlot>> told;
        synchronized (this) {
            state = decided;
            encoder = opened;
            failure = e;
            told = List.copyOf(waiting);
            waiting.clear();
        }
        told.forEach(this::tell);
    }

    private void tell(ActionListener<EncoderSlot> listener) {
        Exception e = failure();
        if (e == null) {
            listener.onResponse(this);
        } else {
            listener.onFailure(e);
        }
    }

    /** The open encoder is of no use any more. Of several reasons the first stays. */
    void broke(Exception e) {
        synchronized (this) {
            if (state != State.OPEN) {
                return;
            }
            state = State.FAILED;
            failure = e;
        }
        retire();
    }

    /** Nobody new will use it. */
    void retire() {
        if (retired.compareAndSet(false, true)) {
            whenDecided(ActionListener.wrap(this::decRef));
        }
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
