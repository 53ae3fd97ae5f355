package org.hybridir.encoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What may change in an artifact that is there. Before, after and at each moment between, the artifact opens. */
public final class ArtifactChange {
    private ArtifactChange() {}

    /**
     * Records which products {@code int8} keeps from 8 bits, in place of an earlier choice.
     *
     * @param kept as {@link KeptProducts#choose} names them
     */
    public static void keepFromInt8(Path folder, List<String> kept) throws IOException {
        writeManifest(folder, manifest(folder).keepingFromInt8(kept));
    }

    /**
     * Puts a text in the place of a file that decides nothing about the vectors, such as {@code README.md}. While it is
     * replaced, the manifest has no hash of it.
     *
     * @param path inside the folder
     */
    public static void replace(Path folder, String path, String text) throws IOException {
        Manifest manifest = manifest(folder);
        Path file = new ArtifactFolder(folder).file(path);
        Map<String, String> hashes = new TreeMap<>(manifest.files());
        hashes.remove(path);
        writeManifest(folder, manifest.withFiles(hashes));
        put(folder, file, drafts -> Files.writeString(drafts.resolve(file.getFileName()), text));
        hashes.put(path, ArtifactFolder.sha256(file));
        writeManifest(folder, manifest.withFiles(hashes));
    }

    private static Manifest manifest(Path folder) throws IOException {
        return ManifestFile.read(new ArtifactFolder(folder));
    }

    private static void writeManifest(Path folder, Manifest manifest) throws IOException {
        put(folder, folder.resolve(ManifestFile.NAME), drafts -> ManifestFile.write(drafts, manifest));
    }

    /** Writes a file into a folder, under its own name. */
    private interface Writer {
        void writeTo(Path folder) throws IOException;
    }

    /** Gives a file its place at once, when it is whole. */
    private static void put(Path folder, Path file, Writer writer) throws IOException {
        // not createTempFile, whose files only their owner may read: a node runs as another user
        Path drafts = Files.createTempDirectory(folder, ".draft-");
        Path draft = drafts.resolve(file.getFileName());
        try {
            writer.writeTo(drafts);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
            Files.delete(drafts);
        }
    }
}
