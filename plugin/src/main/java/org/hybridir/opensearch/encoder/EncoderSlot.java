package org.hybridir.opensearch.encoder;

import java.util.ArrayList;
import java.util.List;
import org.opensearch.common.util.concurrent.AbstractRefCounted;
import org.opensearch.core.action.ActionListener;

/**
 * One opening of one folder in one state: opening, then open or failed, and it stays so. When the folder changes, a new
 * slot takes its place; the old encoder closes when its last user is done.
 */
final class EncoderSlot extends AbstractRefCounted {
    enum State {
        OPENING,
        OPEN,
        FAILED,
        CLOSED
    }

    private final String stamp;
    private final List<ActionListener<EncoderSlot>> waiting = new ArrayList<>();
    private State state = State.OPENING;
    private NodeEncoder encoder;
    private Exception failure;

    EncoderSlot(String name, String stamp) {
        super("encoder [" + name + "]");
        this.stamp = stamp;
    }

    String stamp() {
        return stamp;
    }

    synchronized State state() {
        return state;
    }

    /** Why it could not be opened, or null. */
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

    @Override
    protected void closeInternal() {
        NodeEncoder open;
        synchronized (this) {
            open = encoder;
            encoder = null;
            state = State.CLOSED;
        }
        if (open != null) {
            open.close();
        }
    }
}
