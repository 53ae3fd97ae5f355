package org.hybridir.weights;

import java.nio.ByteBuffer;

/** Integers of seven bits a byte, lowest first, as LevelDB and protocol buffers write them. */
final class Varint {
    private Varint() {}

    static long read(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than ten bytes");
    }
}
