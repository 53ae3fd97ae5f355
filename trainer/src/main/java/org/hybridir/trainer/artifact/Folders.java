package org.hybridir.trainer.artifact;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;

/** Whole folders: copied, linked, deleted. */
public final class Folders {
    private Folders() {}

    /** Copies files with their permissions, from any file system; folders are made where they are missing. */
    public static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new Copy(from, to, false));
    }

    /** Like {@link #copy}, but a file that everybody may read is linked, not copied, where the file system allows it. */
    public static void link(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new Copy(from, to, true));
    }

    /** Deletes a folder and all in it, as far as it is there. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static final class Copy extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;
        private final boolean link;

        private Copy(Path from, Path to, boolean link) {
            this.from = from;
            this.to = to;
            this.link = link;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Files.createDirectories(target(folder));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!link || !linked(file.toRealPath(), target(file))) {
                Files.copy(file, target(file), StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            }
            return FileVisitResult.CONTINUE;
        }

        /** A path of another file system is rebuilt by its text. */
        private Path target(Path path) {
            return to.resolve(from.relativize(path).toString());
        }

        private static boolean linked(Path file, Path target) {
            try {
                if (!Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                    return false;
                }
                Files.createLink(target, file);
                return true;
            } catch (IOException | UnsupportedOperationException e) {
                // Another disk, or a file system without links: copied instead.
                return false;
            }
        }
    }
}
