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
     * Records which products stay in 32 bits in {@code int8}, in place of an earlier choice.
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
        Path draft = Files.createTempFile(file.getParent(), ".draft-", "");
        try {
            Files.writeString(draft, text);
            hashes.put(path, ArtifactFolder.sha256(draft));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        writeManifest(folder, manifest.withFiles(hashes));
    }

    private static Manifest manifest(Path folder) throws IOException {
        return ManifestFile.read(new ArtifactFolder(folder));
    }

    private static void writeManifest(Path folder, Manifest manifest) throws IOException {
        Path draft = Files.createTempDirectory(folder, ".manifest-");
        try {
            ManifestFile.write(draft, manifest);
            Files.move(
                    draft.resolve(ManifestFile.NAME),
                    folder.resolve(ManifestFile.NAME),
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.delete(draft);
        }
    }
}
