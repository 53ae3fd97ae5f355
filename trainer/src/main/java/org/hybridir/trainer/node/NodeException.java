package org.hybridir.trainer.node;

import java.io.IOException;

/** A node could not be installed, started or reached; the message says what to do, and shows the end of the log. */
public class NodeException extends IOException {
    private static final long serialVersionUID = 1L;

    public NodeException(String message) {
        super(message);
    }
}
