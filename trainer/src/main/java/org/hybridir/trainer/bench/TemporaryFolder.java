package org.hybridir.trainer.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hybridir.trainer.artifact.Folders;

/** A folder that is deleted when it is closed, and when the program ends before. */
final class TemporaryFolder implements Closeable {
    private final Path path;
    private final Thread hook = new Thread(this::delete, "hybrid-ir-temporary");

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    static TemporaryFolder create(String prefix) throws IOException {
        TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory(prefix));
        Runtime.getRuntime().addShutdownHook(folder.hook);
        return folder;
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
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is running: the program ends
        }
    }
}
