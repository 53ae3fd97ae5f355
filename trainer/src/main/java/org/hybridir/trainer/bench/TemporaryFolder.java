package org.hybridir.trainer.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hybridir.trainer.artifact.Folders;
import org.hybridir.trainer.run.Interruption;

/** A folder that is deleted when it is closed, and when the program ends before. */
final class TemporaryFolder implements Closeable {
    private final Path path;
    private final Interruption.Action onInterruption;

    private TemporaryFolder(Path path) {
        this.path = path;
        onInterruption = Interruption.ofProcess().add(this::delete);
    }

    static TemporaryFolder create(String prefix) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(prefix));
    }

    Path path() {
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
