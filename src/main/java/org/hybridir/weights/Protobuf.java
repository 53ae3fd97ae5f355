package org.hybridir.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One protocol buffer message by field number: as much of the format as a tensor bundle's index needs, which is two
 * messages of six fields; so no generated classes.
 */
final class Protobuf {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final Map<Integer, Long> numbers = new HashMap<>();
    private final Map<Integer, List<ByteBuffer>> messages = new HashMap<>();

    private Protobuf() {}

    /** Throws an IllegalArgumentException or a BufferUnderflowException if the bytes are no message. */
    static Protobuf parse(ByteBuffer bytes) {
        Protobuf message = new Protobuf();
        ByteBuffer in = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            message.field(in);
        }
        return message;
    }

    private void field(ByteBuffer in) {
        long tag = Varint.read(in);
        int field = (int) (tag >>> 3);
        switch ((int) (tag & 7)) {
            case VARINT -> numbers.put(field, Varint.read(in));
            case FIXED64 -> numbers.put(field, in.getLong());
            case FIXED32 -> numbers.put(field, (long) in.getInt());
            case BYTES ->
                messages.computeIfAbsent(field, f -> new ArrayList<>()).add(slice(in));
            default -> throw new IllegalArgumentException("wire type [" + (tag & 7) + "] of field [" + field + "]");
        }
    }

    private static ByteBuffer slice(ByteBuffer in) {
        int length = Math.toIntExact(Varint.read(in));
        ByteBuffer slice = in.slice(in.position(), length);
        in.position(in.position() + length);
        return slice;
    }

    long number(int field, long missing) {
        return numbers.getOrDefault(field, missing);
    }

    /** The last message of a field, as the format says; null if there is none. */
    ByteBuffer message(int field) {
        List<ByteBuffer> all = messages(field);
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    List<ByteBuffer> messages(int field) {
        return messages.getOrDefault(field, List.of());
    }
}
