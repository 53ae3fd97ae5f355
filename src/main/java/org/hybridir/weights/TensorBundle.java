package org.hybridir.weights;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The variables of a TensorFlow checkpoint or SavedModel (a "tensor bundle"): a table of names and places
 * ({@code variables.index}, see {@link LevelTable}) and a file of numbers ({@code variables.data-00000-of-00001}). Each
 * tensor's CRC is verified when its numbers are asked for. Bundles of one data file are read, and of float tensors those of
 * 32 bits; tensors of other types (step counters) are not listed.
 */
public final class TensorBundle implements TensorSource, Closeable {
    /** {@code DT_FLOAT} of TensorFlow's types.proto. */
    private static final long FLOAT = 1;

    /**
     * A {@code BundleEntryProto}.
     *
     * @param crc masked CRC-32C of the numbers
     */
    private record Entry(Tensor tensor, long shard, long offset, long size, int crc) {}

    private final Path data;
    private final FileChannel channel;
    private final Map<String, Entry> entries;

    private TensorBundle(Path data, FileChannel channel, Map<String, Entry> entries) {
        this.data = data;
        this.channel = channel;
        this.entries = entries;
    }

    /**
     * Opens a bundle and reads its index.
     *
     * @param index {@code variables.index}
     * @param data {@code variables.data-00000-of-00001}
     */
    public static TensorBundle open(Path index, Path data) throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> row : LevelTable.read(index).entrySet()) {
            // the empty key holds the bundle's own header
            if (!row.getKey().isEmpty()) {
                addFloats(entries, row.getKey(), row.getValue(), index);
            }
        }
        FileChannel channel = FileChannel.open(data, StandardOpenOption.READ);
        try {
            checkPlaces(entries, data, channel.size());
            return new TensorBundle(data, channel, entries);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void addFloats(Map<String, Entry> entries, String name, byte[] proto, Path index)
            throws WeightsException {
        try {
            Protobuf message = Protobuf.parse(ByteBuffer.wrap(proto));
            if (message.number(1, 0) == FLOAT) {
                entries.put(
                        name,
                        new Entry(
                                new Tensor(DType.F32, shape(message)),
                                message.number(3, 0),
                                message.number(4, 0),
                                message.number(5, 0),
                                (int) message.number(6, 0)));
            }
        } catch (RuntimeException e) {
            throw new WeightsException("tensor bundle [" + index + "] has a broken entry for tensor [" + name + "]", e);
        }
    }

    /** {@code TensorShapeProto}: field 2 is a dimension, whose field 1 is its size. */
    private static long[] shape(Protobuf entry) {
        ByteBuffer shape = entry.message(2);
        if (shape == null) {
            return new long[0];
        }
        return Protobuf.parse(shape).messages(2).stream()
                .mapToLong(dimension -> Protobuf.parse(dimension).number(1, 0))
                .toArray();
    }

    private static void checkPlaces(Map<String, Entry> entries, Path data, long length) throws WeightsException {
        for (Map.Entry<String, Entry> row : entries.entrySet()) {
            Entry entry = row.getValue();
            boolean inside = entry.offset >= 0 && entry.size >= 0 && entry.offset <= length - entry.size;
            if (entry.shard != 0 || !inside || entry.size != entry.tensor.bytes()) {
                throw new WeightsException("tensor bundle [" + data + "] of [" + length + "] bytes cannot hold tensor ["
                        + row.getKey() + "]: shard [" + entry.shard + "], offset [" + entry.offset + "], size ["
                        + entry.size + "], expected size [" + entry.tensor.bytes() + "]; fetch it again");
            }
        }
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    @Override
    public DType type(String name) {
        return entry(name).tensor.type();
    }

    @Override
    public long[] shape(String name) {
        return entry(name).tensor.shape().clone();
    }

    @Override
    public ByteBuffer bytes(String name) throws IOException {
        Entry entry = entry(name);
        ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, entry.offset, entry.size)
                .order(ByteOrder.LITTLE_ENDIAN);
        int found = MaskedCrc.of(bytes.duplicate());
        if (found != entry.crc) {
            throw new WeightsException(String.format(
                    Locale.ROOT,
                    "tensor [%s] in [%s] is damaged: its CRC is [%08x], its index says [%08x]; fetch it again",
                    name,
                    data,
                    found,
                    entry.crc));
        }
        return bytes;
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("no tensor [" + name + "] in [" + data + "]");
        }
        return entry;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
