package org.hybridir.opensearch.encoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opensearch.secure_sm.AccessController;

/**
 * The folder of encoders on this node: {@code config/opensearch-hybrid-ir/encoders}, one folder an encoder. A name is a
 * part of a path, so it is checked before it becomes one, and the real path must stay inside.
 */
final class EncoderFolders {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    private final Path root;
    private final String nodeName;

    EncoderFolders(Path root, String nodeName) {
        this.root = root;
        this.nodeName = nodeName;
    }

    private static boolean isName(String name) {
        return name != null && NAME.matcher(name).matches();
    }

    /** The names of all folders that can hold an encoder, sorted. */
    TreeSet<String> names() {
        return AccessController.doPrivileged(() -> {
            TreeSet<String> names = new TreeSet<>();
            if (Files.isDirectory(root)) {
                try (Stream<Path> folders = Files.list(root)) {
                    folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString())
                            .filter(name -> find(name).isPresent())
                            .forEach(names::add);
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot list the encoders' folder [" + root + "]", e);
                }
            }
            return names;
        });
    }

    /**
     * The folder of that name, if there is one whose real path stays inside.
     *
     * @throws UncheckedIOException if the file system does not tell
     */
    Optional<Path> find(String name) {
        if (!isName(name)) {
            return Optional.empty();
        }
        Path folder = root.resolve(name);
        return AccessController.doPrivileged(() -> isInside(folder) ? Optional.of(folder) : Optional.<Path>empty());
    }

    private boolean isInside(Path folder) {
        try {
            if (Files.isDirectory(folder)) {
                return folder.toRealPath().startsWith(root.toRealPath());
            }
            if (Files.exists(folder) || Files.notExists(folder)) {
                return false;
            }
            throw new IOException("neither there nor absent");
        } catch (NoSuchFileException removedMeanwhile) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the encoder's folder [" + folder + "]: " + e, e);
        }
    }

    /** The error for a name without a folder. */
    IllegalArgumentException unknown(String name) {
        String remedy = isName(name)
                ? "put its folder under [" + root + "] of node [" + nodeName + "]"
                : "a name is [a-z0-9] followed by at most 62 of [a-z0-9_-]";
        return new IllegalArgumentException("unknown encoder [" + name + "], known ones " + names() + "; " + remedy);
    }

    /**
     * Changes whenever a file of the encoder's folder is added, removed, or written: paths, sizes and times of all files.
     * Empty if they cannot be read.
     */
    Optional<String> stamp(String name) {
        return AccessController.doPrivileged(() -> {
            try {
                return find(name).map(EncoderFolders::stamp);
            } catch (UncheckedIOException e) {
                return Optional.<String>empty();
            }
        });
    }

    private static String stamp(Path folder) {
        try (Stream<Path> files = Files.walk(folder, 3, FileVisitOption.FOLLOW_LINKS)) {
            StringBuilder stamp = new StringBuilder();
            files.filter(Files::isRegularFile).sorted().forEach(file -> stamp.append(file)
                    .append(' ')
                    .append(sizeAndTime(file))
                    .append('\n'));
            return stamp.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sizeAndTime(Path file) {
        try {
            return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
