package org.hybridir.trainer.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hybridir.trainer.artifact.Folders;

/** A folder that is deleted when it is closed, and when the program ends before. */
public final class TemporaryFolder implements Closeable {
    private final Path path;
    private final Interruption.Action onInterruption;

    private TemporaryFolder(Path path) {
        this.path = path;
        onInterruption = Interruption.ofProcess().add(this::delete);
    }

    /** A new folder in {@code java.io.tmpdir}. */
    public static TemporaryFolder create(String prefix) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(prefix));
    }

    /** A new folder inside another, which is made if it is not there. */
    public static TemporaryFolder create(Path parent, String prefix) throws IOException {
        Files.createDirectories(parent);
        return new TemporaryFolder(Files.createTempDirectory(parent, prefix));
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    private void delete() {
        try {
            Folders.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        Folders.delete(path);
        onInterruption.close();
    }
}
