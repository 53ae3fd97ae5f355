package org.hybridir.opensearch.encoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
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

    /** The folder of that name, if there is one whose real path stays inside. */
    Optional<Path> find(String name) {
        if (!isName(name)) {
            return Optional.empty();
        }
        return AccessController.doPrivileged(() -> {
            try {
                Path folder = root.resolve(name);
                boolean inside =
                        Files.isDirectory(folder) && folder.toRealPath().startsWith(root.toRealPath());
                return inside ? Optional.of(folder) : Optional.<Path>empty();
            } catch (IOException e) {
                return Optional.<Path>empty();
            }
        });
    }

    /** The error for a name without a folder. */
    IllegalArgumentException unknown(String name) {
        String remedy = isName(name)
                ? "put its folder under [" + root + "] of node [" + nodeName + "]"
                : "a name is [a-z0-9] followed by at most 62 of [a-z0-9_-]";
        return new IllegalArgumentException("unknown encoder [" + name + "], known ones " + names() + "; " + remedy);
    }

    /** Changes whenever a file of the folder is added, removed, or written: paths, sizes and times of all files. */
    static String stamp(Path folder) {
        return AccessController.doPrivileged(() -> {
            try (Stream<Path> files = Files.walk(folder, 3, FileVisitOption.FOLLOW_LINKS)) {
                StringBuilder stamp = new StringBuilder();
                files.filter(Files::isRegularFile).sorted().forEach(file -> stamp.append(file)
                        .append(' ')
                        .append(sizeAndTime(file))
                        .append('\n'));
                return stamp.toString();
            } catch (IOException | UncheckedIOException e) {
                return "unreadable: " + e;
            }
        });
    }

    private static String sizeAndTime(Path file) {
        try {
            return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
