package org.hybridir.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredZipTests {
    @TempDir
    private Path temp;

    /** Java's own reader checks sizes and CRCs. */
    @Test
    void entriesAreStoredAsTheyAreInTheirOrder() throws IOException {
        Path part = Files.writeString(temp.resolve("part"), "from a file");
        Path file = temp.resolve("x.zip");
        StoredZip.write(file, zip -> {
            zip.add("folder/bytes", new byte[] {1, 2, 3});
            zip.add("aus Größe", out -> {
                out.write('a');
                out.write("bc".getBytes(StandardCharsets.US_ASCII));
            });
            zip.add("file", part);
        });
        List<String> names = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            for (ZipEntry entry : zip.stream().toList()) {
                names.add(entry.getName());
                assertEquals(ZipEntry.STORED, entry.getMethod());
            }
            assertArrayEquals(new byte[] {1, 2, 3}, content(zip, "folder/bytes"));
            assertEquals("abc", new String(content(zip, "aus Größe"), StandardCharsets.US_ASCII));
            assertEquals("from a file", new String(content(zip, "file"), StandardCharsets.US_ASCII));
        }
        assertEquals(List.of("folder/bytes", "aus Größe", "file"), names);
    }

    private static byte[] content(ZipFile zip, String name) throws IOException {
        return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }

    @Test
    void aFileHoldsTheBytesThatAreGivenInMemory() throws IOException {
        StoredZip.Entries entries = zip -> zip.add("a", new byte[] {7});
        Path file = temp.resolve("x.zip");
        StoredZip.write(file, entries);
        assertArrayEquals(Files.readAllBytes(file), StoredZip.bytes(entries));
    }

    @Test
    void aFileThatIsThereStays() throws IOException {
        Path file = Files.writeString(temp.resolve("x.zip"), "there");
        assertThrows(FileAlreadyExistsException.class, () -> StoredZip.write(file, zip -> {}));
        assertEquals("there", Files.readString(file));
    }

    /** The failure of an entry is told, not that the zip was left unfinished. */
    @Test
    void anEntrysFailureIsTold() {
        IOException failure = new IOException("the disk is gone");
        IOException told = assertThrows(
                IOException.class,
                () -> StoredZip.write(
                        temp.resolve("x.zip"),
                        zip -> zip.add("a", out -> {
                            throw failure;
                        })));
        assertEquals(failure, told);
    }
}
