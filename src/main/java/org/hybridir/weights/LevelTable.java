package org.hybridir.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a LevelDB table (LevelDB, {@code table_format.md}): a footer points to an index block, whose values point to the
 * data blocks. In a block each key shares a prefix with the one before. A block is followed by its compression (none is
 * what TensorFlow writes) and the masked CRC-32C of both.
 */
final class LevelTable {
    private static final long MAGIC = 0xdb4775248b80fb57L;
    private static final int FOOTER = 48;
    /** Compression type and CRC behind each block. */
    private static final int TRAILER = 5;

    private final Path path;
    private final ByteBuffer file;

    private LevelTable(Path path, ByteBuffer file) {
        this.path = path;
        this.file = file;
    }

    /** All rows, in the order of their keys. Tables are read whole: an index has some kilobytes. */
    static Map<String, byte[]> read(Path path) throws IOException {
        LevelTable table =
                new LevelTable(path, ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN));
        try {
            return table.rows();
        } catch (RuntimeException e) {
            throw new WeightsException(table.problem("is damaged"), e);
        }
    }

    private Map<String, byte[]> rows() throws WeightsException {
        int end = file.capacity();
        if (end < FOOTER || file.getLong(end - Long.BYTES) != MAGIC) {
            throw new WeightsException(problem("is no LevelDB table: its last eight bytes are not the magic number"));
        }
        ByteBuffer footer = file.slice(end - FOOTER, FOOTER);
        skipHandle(footer); // the metaindex
        Map<String, byte[]> rows = new LinkedHashMap<>();
        for (byte[] handle : block(ByteBuffer.wrap(handle(footer))).values()) {
            rows.putAll(block(ByteBuffer.wrap(handle)));
        }
        return rows;
    }

    private static void skipHandle(ByteBuffer in) {
        Varint.read(in);
        Varint.read(in);
    }

    private static byte[] handle(ByteBuffer in) {
        int start = in.position();
        skipHandle(in);
        byte[] handle = new byte[in.position() - start];
        in.get(start, handle);
        return handle;
    }

    /** The rows of the block that a handle (offset and size) points to. */
    private Map<String, byte[]> block(ByteBuffer handle) throws WeightsException {
        int offset = Math.toIntExact(Varint.read(handle));
        int size = Math.toIntExact(Varint.read(handle));
        ByteBuffer stored = file.slice(offset, size + TRAILER).order(ByteOrder.LITTLE_ENDIAN);
        checkTrailer(stored, offset, size);
        int restarts = stored.getInt(size - Integer.BYTES);
        ByteBuffer entries = stored.slice(0, size - Integer.BYTES * (restarts + 1));
        Map<String, byte[]> rows = new LinkedHashMap<>();
        byte[] key = new byte[0];
        while (entries.hasRemaining()) {
            int shared = (int) Varint.read(entries);
            int unshared = (int) Varint.read(entries);
            byte[] value = new byte[(int) Varint.read(entries)];
            byte[] next = Arrays.copyOf(key, shared + unshared);
            entries.get(next, shared, unshared);
            entries.get(value);
            rows.put(new String(next, StandardCharsets.UTF_8), value);
            key = next;
        }
        return rows;
    }

    private void checkTrailer(ByteBuffer stored, int offset, int size) throws WeightsException {
        if (stored.get(size) != 0) {
            throw new WeightsException(
                    problem("has a compressed block (type [" + stored.get(size) + "]); only plain ones are read"));
        }
        int found = MaskedCrc.of(stored.slice(0, size + 1));
        int said = stored.getInt(size + 1);
        if (found != said) {
            throw new WeightsException(problem(String.format(
                    Locale.ROOT,
                    "is damaged: the CRC of the block at [%d] is [%08x], not [%08x]",
                    offset,
                    found,
                    said)));
        }
    }

    private String problem(String what) {
        return "table [" + path + "] " + what + "; fetch it again";
    }
}
