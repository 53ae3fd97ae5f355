package org.hybridir.encoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A model's folder on disk: the only door through which its files are read. A path that leads out of the folder, by
 * its text or by a link, is refused.
 */
public final class ArtifactFolder {
    private static final Pattern SAFE_PATH =
            Pattern.compile("(?!\\.)[^/\\\\:\\p{Cntrl}]+(/(?!\\.)[^/\\\\:\\p{Cntrl}]+)*");

    private final Path root;
    private final boolean followLinks;

    /** @throws ArtifactException if there is no such folder */
    public ArtifactFolder(Path folder) throws IOException {
        this(folder, false);
    }

    /** A folder whose files may be links to files elsewhere, as they are in the cache of HuggingFace's hub. */
    public static ArtifactFolder followingLinks(Path folder) throws IOException {
        return new ArtifactFolder(folder, true);
    }

    private ArtifactFolder(Path folder, boolean followLinks) throws IOException {
        this.followLinks = followLinks;
        if (!Files.isDirectory(folder)) {
            throw new ArtifactException("there is no artifact folder [" + folder
                    + "]; make one with [hybrid-ir import], or correct the path");
        }
        root = folder.toRealPath();
    }

    /** The folder itself, links resolved. */
    public Path root() {
        return root;
    }

    /** The file at a path inside the folder, with {@code /} between its parts. */
    public Path file(String path) throws IOException {
        if (!SAFE_PATH.matcher(path).matches()) {
            throw new ArtifactException(
                    "[" + path + "] is no path that an artifact may name; allowed are paths below its"
                            + " own folder, such as [1_Pooling/config.json]");
        }
        Path file = root.resolve(path);
        if (!Files.isRegularFile(file)) {
            throw new ArtifactException(
                    "the artifact [" + root + "] lacks the file [" + path + "]; import or export it again");
        }
        if (!followLinks && !file.toRealPath().startsWith(root)) {
            throw new ArtifactException("the file [" + path + "] of the artifact [" + root
                    + "] is a link that leads out of the folder; put the file itself there");
        }
        return file;
    }

    /** Whether the folder holds the file. */
    public boolean has(String path) {
        return Files.isRegularFile(root.resolve(path));
    }

    /** A file's text. */
    public String text(String path) throws IOException {
        return Files.readString(file(path));
    }

    Json json(String path) throws IOException {
        return Json.read(path, text(path));
    }

    /** A file's SHA-256 in hex. */
    public String sha256(String path) throws IOException {
        return sha256(file(path));
    }

    /** A file's SHA-256 in hex, wherever it lies. */
    public static String sha256(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A digest of SHA-256, for what is no file. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
