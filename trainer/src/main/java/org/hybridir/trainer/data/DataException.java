package org.hybridir.trainer.data;

import java.io.IOException;

/** A data set's file is not there, or does not hold what its format promises; the message names the file and the place. */
public class DataException extends IOException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
