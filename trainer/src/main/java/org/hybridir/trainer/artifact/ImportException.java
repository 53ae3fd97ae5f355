package org.hybridir.trainer.artifact;

import java.io.IOException;

/** The source cannot be imported; the message says what was found, what is allowed and the remedy. */
public class ImportException extends IOException {
    private static final long serialVersionUID = 1L;

    public ImportException(String message) {
        super(message);
    }

    public ImportException(String message, Throwable cause) {
        super(message, cause);
    }
}
