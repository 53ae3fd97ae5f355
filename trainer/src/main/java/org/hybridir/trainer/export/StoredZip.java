package org.hybridir.trainer.export;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
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
final class StoredZip implements Closeable {
    private static final LocalDateTime ANY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Writes an entry's content, the same each time. */
    interface Content {
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

    private final FileChannel channel;
    private final ZipOutputStream zip;

    private StoredZip(FileChannel channel) {
        this.channel = channel;
        this.zip = new ZipOutputStream(Channels.newOutputStream(channel), StandardCharsets.UTF_8);
        zip.setMethod(ZipOutputStream.STORED);
    }

    /** A new file. */
    static StoredZip create(Path file) throws IOException {
        return new StoredZip(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    void add(String name, Content content) throws IOException {
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

    void add(String name, byte[] content) throws IOException {
        add(name, out -> out.write(content));
    }

    void add(String name, Path file) throws IOException {
        add(name, out -> Files.copy(file, out));
    }

    /** Ends the file and brings it to the disk. */
    void finish() throws IOException {
        zip.finish();
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
