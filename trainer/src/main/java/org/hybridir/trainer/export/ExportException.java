package org.hybridir.trainer.export;

import java.io.IOException;

/** The encoder cannot be exported; the message says what was found, what is allowed and the remedy. */
public class ExportException extends IOException {
    private static final long serialVersionUID = 1L;

    public ExportException(String message) {
        super(message);
    }

    public ExportException(String message, Throwable cause) {
        super(message, cause);
    }
}
