package org.hybridir.trainer.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.hybridir.trainer.run.TemporaryFolder;

/** A hidden folder beside an output, in which files are made and proven before they get their names; closing deletes it. */
final class Draft implements Closeable {
    private final TemporaryFolder folder;

    private Draft(TemporaryFolder folder) {
        this.folder = folder;
    }

    static Draft beside(Path output) throws IOException {
        Path target = output.toAbsolutePath();
        return new Draft(TemporaryFolder.create(target.getParent(), "." + target.getFileName() + "-"));
    }

    Path folder() {
        return folder.path();
    }

    Path file(String name) {
        return folder.path().resolve(name);
    }

    /** Gives a file its name, at once. */
    static void publish(Path file, Path output) throws IOException {
        // the move itself would replace it
        if (Files.exists(output)) {
            throw new FileAlreadyExistsException(output.toString(), null, "it came to be during the export");
        }
        Files.move(file, output, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
