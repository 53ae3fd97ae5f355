package org.hybridir.collection;

import java.io.IOException;

/** A collection's file does not hold what its format promises; the message names the file and the place in it. */
public class CollectionException extends IOException {
    private static final long serialVersionUID = 1L;

    public CollectionException(String message) {
        super(message);
    }

    public CollectionException(String message, Throwable cause) {
        super(message, cause);
    }
}
