package org.hybridir.trainer.data;

/** Training data holds texts of an evaluation; the message says how many, an example and the remedy. */
public class LeakageException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public LeakageException(String message) {
        super(message);
    }
}
