package org.hybridir.text;

import java.io.IOException;

/** A file is not there, or does not hold what its format promises; the message names the file and the place in it. */
public class FormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public FormatException(String message) {
        super(message);
    }

    public FormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
