package org.hybridir.collection;

import java.io.IOException;
import java.nio.file.Path;

/** Reads a folder of LAReQA files, one {@code <language>.json} a language. */
public final class LareqaReader {
    private LareqaReader() {}

    public static TestCollection read(String name, Path folder) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The collection that ships with the project, in the same format, from the class path. */
    public static TestCollection readSample() throws IOException {
        throw new UnsupportedOperationException();
    }
}
