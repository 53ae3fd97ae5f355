package org.hybridir.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArtifactChangeTests {
    @TempDir
    Path temp;

    /** The node runs as another user than the one who changed the artifact, and verifies every file. */
    @Test
    void whatWasReplacedIsAsReadableAsAnyNewFile() throws IOException {
        Path folder = TinyArtifacts.bert(temp, "tiny");
        Path plain = Files.writeString(temp.resolve("plain"), "x");
        List<String> before = names(folder);

        ArtifactChange.replace(folder, "README.md", "# Changed\n");

        assertEquals("# Changed\n", Files.readString(folder.resolve("README.md")));
        assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(folder.resolve("README.md")));
        assertEquals(before, names(folder));
        try (Encoder encoder = Encoder.open(folder, EncoderOptions.defaults())) {
            assertEquals(before, names(folder));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
