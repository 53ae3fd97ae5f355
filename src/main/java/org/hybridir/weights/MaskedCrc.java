package org.hybridir.weights;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The checksum of LevelDB's tables and of TensorFlow's bundles: CRC-32C, rotated and shifted, so that the CRC of data that
 * holds CRCs stays a good one (LevelDB, {@code crc32c.h}).
 */
final class MaskedCrc {
    private static final int DELTA = 0xa282ead8;

    private MaskedCrc() {}

    static int of(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int value = (int) crc.getValue();
        return Integer.rotateRight(value, 15) + DELTA;
    }
}
