package org.hybridir.trainer.export;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A small protocol buffer message in the making, field by field in the order of the calls. */
final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    private interface Write {
        void run() throws IOException;
    }

    private Message write(Write write) {
        try {
            write.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory takes all bytes", e);
        }
    }

    Message number(int field, long value) {
        return write(() -> out.writeInt64(field, value));
    }

    Message real(int field, float value) {
        return write(() -> out.writeFloat(field, value));
    }

    Message text(int field, String value) {
        return write(() -> out.writeString(field, value));
    }

    Message bytes(int field, byte[] value) {
        return write(() -> out.writeByteArray(field, value));
    }

    Message message(int field, Message value) {
        return bytes(field, value.toBytes());
    }

    byte[] toBytes() {
        write(out::flush);
        return bytes.toByteArray();
    }

    /** How many bytes a field takes whose content has {@code length} bytes. */
    static long fieldSize(int field, long length) {
        return CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt64SizeNoTag(length) + length;
    }

    /** Begins a field whose content, of {@code length} bytes, follows. */
    static void beginField(CodedOutputStream out, int field, long length) throws IOException {
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt64NoTag(length);
    }
}
