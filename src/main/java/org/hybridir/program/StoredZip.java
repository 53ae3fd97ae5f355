package org.hybridir.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip whose entries are stored as they are, which libtorch demands and which suits weights, since they hardly shrink.
 * An entry's checksum stands before its content, so contents are produced twice. The same entries give the same bytes.
 */
public final class StoredZip {
    private static final LocalDateTime ANY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Adds all entries, one after the other. */
    public interface Entries {
        void addTo(StoredZip zip) throws IOException;
    }

    /** Writes an entry's content, the same each time. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Counts what it is given. */
    private static final class Counter extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int offset, int length) {
            bytes += length;
        }
    }

    private final ZipOutputStream zip;

    private StoredZip(ZipOutputStream zip) {
        this.zip = zip;
    }

    /** Writes a new file and brings it to the disk. */
    public static void write(Path file, Entries entries) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                ZipOutputStream zip = stored(Channels.newOutputStream(channel))) {
            entries.addTo(new StoredZip(zip));
            zip.finish();
            channel.force(true);
        }
    }

    /** The bytes of a zip that stays in memory. */
    public static byte[] bytes(Entries entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = stored(bytes)) {
            entries.addTo(new StoredZip(zip));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static ZipOutputStream stored(OutputStream out) {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        zip.setMethod(ZipOutputStream.STORED);
        return zip;
    }

    /** Adds an entry whose content is too large to be held in memory. */
    public void add(String name, Content content) throws IOException {
        CRC32 crc = new CRC32();
        Counter counter = new Counter();
        content.writeTo(new CheckedOutputStream(counter, crc));
        ZipEntry entry = new ZipEntry(name);
        entry.setSize(counter.bytes);
        entry.setCompressedSize(counter.bytes);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(ANY_TIME);
        zip.putNextEntry(entry);
        content.writeTo(zip);
        zip.closeEntry();
    }

    /** Adds an entry. */
    public void add(String name, byte[] content) throws IOException {
        add(name, out -> out.write(content));
    }

    /** Adds a file's content as an entry. */
    public void add(String name, Path file) throws IOException {
        add(name, out -> Files.copy(file, out));
    }
}
