package org.hybridir.encoder;

import java.io.IOException;
import java.nio.file.Path;

/** Writes an artifact folder: all of it or nothing. */
public final class ArtifactWriter {
    private ArtifactWriter() {}

    /**
     * Writes the files beside {@code folder}, opens them, computes the golden vectors, and renames the result to
     * {@code folder}, which must not exist.
     */
    public static void write(ArtifactSpec spec, Path folder) throws IOException {
        throw new UnsupportedOperationException();
    }
}
