package org.hybridir.encoder;

import java.io.IOException;

/** The folder is no artifact that this encoder opens; the message names the file, what was found and what is allowed. */
public class ArtifactException extends IOException {
    private static final long serialVersionUID = 1L;

    public ArtifactException(String message) {
        super(message);
    }

    public ArtifactException(String message, Throwable cause) {
        super(message, cause);
    }
}
