package org.hybridir.trainer.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A hidden folder beside an output, in which files are made and proven before they get their names; closing empties it. */
final class Draft implements Closeable {
    private final Path folder;

    private Draft(Path folder) {
        this.folder = folder;
    }

    static Draft beside(Path output) throws IOException {
        Path target = output.toAbsolutePath();
        Files.createDirectories(target.getParent());
        return new Draft(
                Files.createDirectory(target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID())));
    }

    Path folder() {
        return folder;
    }

    Path file(String name) {
        return folder.resolve(name);
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
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
