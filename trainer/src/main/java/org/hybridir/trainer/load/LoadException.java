package org.hybridir.trainer.load;

import java.io.IOException;

/** OpenSearch cannot be reached, refuses, or does not hold what it should; the message says what to do. */
public class LoadException extends IOException {
    private static final long serialVersionUID = 1L;

    /** 0 if there was no answer. */
    private final int status;

    public LoadException(String message) {
        this(0, message);
    }

    public LoadException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status of the answer; 0 if there was none. */
    public int status() {
        return status;
    }
}
