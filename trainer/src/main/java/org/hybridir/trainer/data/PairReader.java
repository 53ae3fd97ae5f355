package org.hybridir.trainer.data;

import java.io.IOException;
import java.nio.file.Path;
import org.hybridir.text.FormatException;

/** Reads one format. Without state: one object serves all data sets. */
interface PairReader {
    /**
     * Hands over every pair and counts what it leaves out.
     *
     * @param path is there, and a file or a folder as the format wants it
     * @throws FormatException if a file does not hold what the format promises
     * @throws IllegalArgumentException if an option's value is not allowed
     */
    void read(Path path, SourceOptions options, PairCollector out) throws IOException;
}
