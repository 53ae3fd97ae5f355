package org.hybridir.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A safetensors file, mapped read-only: eight bytes with the header's length (little-endian), the header (a JSON object,
 * name to dtype, shape and data_offsets), the numbers. The header is checked as a whole when the file is opened: that the
 * tensors fill the data without gap or overlap. A tensor is mapped when it is asked for, so files of any size work as long
 * as one tensor has at most 2 GiB. Tensors that are no weights, such as LaBSE's {@code position_ids} of I64, may lie
 * between the others; it is an error only to ask for one.
 *
 * <p>Not thread-safe. Buffers stay valid after {@link #close()}.
 */
public final class SafetensorsFile implements TensorSource, Closeable {
    /** As in the format's own implementation: a longer header is not believed. */
    private static final long LONGEST_HEADER = 100_000_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** What the header says of a tensor; {@code dtype} may be one that weights are not read as. */
    private record Entry(String dtype, long[] shape, long start, long end) {
        Optional<DType> type() {
            return Arrays.stream(DType.values())
                    .filter(type -> type.name().equals(dtype))
                    .findFirst();
        }
    }

    private final Path path;
    private final FileChannel channel;
    private final Map<String, Entry> entries;
    private final long dataStart;

    private SafetensorsFile(Path path, FileChannel channel, Map<String, Entry> entries, long dataStart) {
        this.path = path;
        this.channel = channel;
        this.entries = entries;
        this.dataStart = dataStart;
    }

    /** Opens a file and checks its header. */
    public static SafetensorsFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            byte[] header = readHeader(path, channel);
            long dataStart = Long.BYTES + header.length;
            Map<String, Entry> entries = parse(path, header);
            checkLayout(path, entries, channel.size() - dataStart);
            return new SafetensorsFile(path, channel, entries, dataStart);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static byte[] readHeader(Path path, FileChannel channel) throws IOException {
        if (channel.size() < Long.BYTES) {
            throw broken(path, "has only [" + channel.size() + "] bytes");
        }
        long length = read(path, channel, Long.BYTES, 0).getLong(0);
        if (length < 2 || length > LONGEST_HEADER || length > channel.size() - Long.BYTES) {
            throw broken(path, "says that its header has [" + length + "] bytes");
        }
        return read(path, channel, (int) length, Long.BYTES).array();
    }

    private static ByteBuffer read(Path path, FileChannel channel, int bytes, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw broken(path, "ends in its header");
            }
        }
        return buffer.flip();
    }

    private static Map<String, Entry> parse(Path path, byte[] header) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(header);
        } catch (JsonProcessingException e) {
            throw new WeightsException(problem(path, "has a header that is no JSON: " + e.getOriginalMessage()), e);
        }
        if (root == null || !root.isObject()) {
            throw broken(path, "has a header that is no JSON object");
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!field.getKey().equals("__metadata__")) {
                entries.put(field.getKey(), parse(path, field.getKey(), field.getValue()));
            }
        }
        return entries;
    }

    private static Entry parse(Path path, String name, JsonNode node) throws WeightsException {
        String dtype = node.path("dtype").asText();
        long[] shape = longs(path, name, node.path("shape"), "shape");
        long[] offsets = longs(path, name, node.path("data_offsets"), "data_offsets");
        if (offsets.length != 2 || offsets[0] < 0 || offsets[1] < offsets[0]) {
            throw misplaced(path, name, dtype, shape, offsets);
        }
        Entry entry = new Entry(dtype, shape, offsets[0], offsets[1]);
        if (entry.type().isPresent() && bytes(path, name, entry) != entry.end - entry.start) {
            throw misplaced(path, name, dtype, shape, offsets);
        }
        return entry;
    }

    private static long bytes(Path path, String name, Entry entry) throws WeightsException {
        try {
            return new Tensor(entry.type().orElseThrow(), entry.shape).bytes();
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new WeightsException(
                    problem(path, "gives tensor [" + name + "] the shape " + Arrays.toString(entry.shape)), e);
        }
    }

    private static WeightsException misplaced(Path path, String name, String dtype, long[] shape, long[] offsets) {
        return broken(
                path,
                "gives tensor [" + name + "] of " + dtype + " " + Arrays.toString(shape) + " the data_offsets "
                        + Arrays.toString(offsets));
    }

    private static long[] longs(Path path, String name, JsonNode array, String key) throws WeightsException {
        List<Long> values = new ArrayList<>();
        for (JsonNode value : array) {
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw broken(path, "gives tensor [" + name + "] the " + key + " [" + array + "]");
            }
            values.add(value.asLong());
        }
        if (!array.isArray()) {
            throw broken(path, "gives tensor [" + name + "] no " + key);
        }
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    /** The tensors, by offset, follow one another from the first byte to the last. */
    private static void checkLayout(Path path, Map<String, Entry> entries, long dataSize) throws WeightsException {
        List<Map.Entry<String, Entry>> byOffset = new ArrayList<>(entries.entrySet());
        byOffset.sort(Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().start)
                .thenComparingLong(e -> e.getValue().end));
        long end = 0;
        for (Map.Entry<String, Entry> next : byOffset) {
            if (next.getValue().start != end) {
                throw broken(
                        path,
                        "has a gap or an overlap at byte [" + end + "] of its data, before tensor [" + next.getKey()
                                + "]");
            }
            end = next.getValue().end;
        }
        if (end != dataSize) {
            throw broken(path, "holds [" + dataSize + "] bytes of data, its header describes [" + end + "]");
        }
    }

    private static WeightsException broken(Path path, String what) {
        return new WeightsException(problem(path, what));
    }

    private static String problem(Path path, String what) {
        return "safetensors file [" + path + "] " + what + "; fetch or write the file again";
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    @Override
    public DType type(String name) {
        Entry entry = entry(name);
        return entry.type()
                .orElseThrow(
                        () -> new IllegalArgumentException("the tensor [" + name + "] in [" + path + "] is of type ["
                                + entry.dtype + "]; weights are read as " + Arrays.toString(DType.values())));
    }

    @Override
    public long[] shape(String name) {
        return entry(name).shape.clone();
    }

    @Override
    public ByteBuffer bytes(String name) throws IOException {
        Entry entry = entry(name);
        long bytes = entry.end - entry.start;
        if (bytes > Integer.MAX_VALUE) {
            throw broken(path, "holds tensor [" + name + "] of more than 2 GiB");
        }
        return channel.map(FileChannel.MapMode.READ_ONLY, dataStart + entry.start, bytes)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("no tensor [" + name + "] in [" + path + "]");
        }
        return entry;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
