package org.hybridir.weights;

import java.io.IOException;

/** A file of weights is broken or of a kind that is not read; the message names the file and what was found in it. */
public class WeightsException extends IOException {
    private static final long serialVersionUID = 1L;

    public WeightsException(String message) {
        super(message);
    }

    public WeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}
