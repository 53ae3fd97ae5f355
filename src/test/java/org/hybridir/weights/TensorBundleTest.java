package org.hybridir.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On bundles written here, byte by byte, after the formats' descriptions. */
class TensorBundleTest {
    @TempDir
    Path folder;

    private final ByteBuffer numbers = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);

    @Test
    void readsFloatsAndLeavesOtherTypesOut() throws IOException {
        write(crc(0, 12), crc(12, 4), true);
        try (TensorBundle bundle = open()) {
            assertEquals(Set.of("module/bias", "module/kernel"), bundle.names());
            assertArrayEquals(new long[] {3, 1}, bundle.shape("module/kernel"));
            assertArrayEquals(new long[0], bundle.shape("module/bias"));
            ByteBuffer kernel = bundle.bytes("module/kernel");
            assertEquals(1.5f, kernel.getFloat(0));
            assertEquals(3.5f, kernel.getFloat(8));
            assertEquals(4.5f, bundle.bytes("module/bias").getFloat(0));
        }
    }

    @Test
    void namesTheDamagedTensor() throws IOException {
        write(crc(0, 12) ^ 1, crc(12, 4), true);
        try (TensorBundle bundle = open()) {
            assertEquals(4.5f, bundle.bytes("module/bias").getFloat(0));
            IOException damaged = assertThrows(WeightsException.class, () -> bundle.bytes("module/kernel"));
            assertTrue(damaged.getMessage().startsWith("tensor [module/kernel] in ["), damaged.getMessage());
            assertTrue(damaged.getMessage().contains("is damaged: its CRC is ["), damaged.getMessage());
        }
    }

    @Test
    void namesTheDamagedBlock() throws IOException {
        write(crc(0, 12), crc(12, 4), false);
        IOException damaged = assertThrows(WeightsException.class, this::open);
        assertTrue(damaged.getMessage().contains("is damaged: the CRC of the block at [0] is ["), damaged.getMessage());
    }

    @Test
    void refusesAFileThatIsNoTable() throws IOException {
        write(crc(0, 12), crc(12, 4), true);
        Files.write(folder.resolve("index"), new byte[100]);
        IOException refused = assertThrows(WeightsException.class, this::open);
        assertTrue(refused.getMessage().contains("is no LevelDB table"), refused.getMessage());
    }

    @Test
    void refusesATensorOutsideTheData() throws IOException {
        write(crc(0, 12), crc(12, 4), true);
        Files.write(folder.resolve("data"), new byte[15]);
        IOException refused = assertThrows(WeightsException.class, this::open);
        assertTrue(
                refused.getMessage().contains("of [15] bytes cannot hold tensor [module/bias]"), refused.getMessage());
    }

    private TensorBundle open() throws IOException {
        return TensorBundle.open(folder.resolve("index"), folder.resolve("data"));
    }

    /** {1.5, 2.5, 3.5} and 4.5, a step counter, and a table of one data block with shared prefixes. */
    private void write(int kernelCrc, int biasCrc, boolean intact) throws IOException {
        Files.write(folder.resolve("data"), numbers.array());
        Bytes block = new Bytes();
        block.entry(0, "", new byte[] {8, 1});
        block.entry(0, "module/bias", entry(1, new byte[0], 12, 4, biasCrc));
        byte[] dimensions = {0x12, 2, 8, 3, 0x12, 2, 8, 1};
        block.entry(7, "kernel", entry(1, dimensions, 0, 12, kernelCrc));
        block.entry(7, "step", entry(9, new byte[0], 0, 8, 0));
        block.int32(0).int32(1);
        Bytes file = new Bytes();
        int size = block.size();
        file.block(block);
        Bytes index = new Bytes().entry(0, "n", new byte[] {0, (byte) (size & 0x7f | 0x80), (byte) (size >> 7)});
        index.int32(0).int32(1);
        int indexAt = file.size();
        file.block(index);
        Bytes footer = new Bytes().varint(0).varint(0).varint(indexAt).varint(index.size());
        byte[] padded = Arrays.copyOf(footer.out.toByteArray(), 40);
        file.out.writeBytes(padded);
        file.out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0xdb4775248b80fb57L)
                .array());
        byte[] bytes = file.out.toByteArray();
        if (!intact) {
            bytes[5] ^= 1;
        }
        Files.write(folder.resolve("index"), bytes);
    }

    private static byte[] entry(int type, byte[] shape, int offset, int size, int crc) {
        Bytes bytes = new Bytes().varint(0x08).varint(type);
        bytes.varint(0x12).varint(shape.length).out.writeBytes(shape);
        bytes.varint(0x20).varint(offset).varint(0x28).varint(size).varint(0x35).int32(crc);
        return bytes.out.toByteArray();
    }

    private int crc(int from, int length) {
        numbers.putFloat(0, 1.5f).putFloat(4, 2.5f).putFloat(8, 3.5f).putFloat(12, 4.5f);
        return masked(numbers.array(), from, length);
    }

    private static int masked(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        int value = (int) crc.getValue();
        return ((value >>> 15) | (value << 17)) + 0xa282ead8;
    }

    private static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes varint(int value) {
            int rest = value;
            while (rest > 0x7f) {
                out.write(rest & 0x7f | 0x80);
                rest >>>= 7;
            }
            out.write(rest);
            return this;
        }

        Bytes int32(int value) {
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array());
            return this;
        }

        Bytes entry(int shared, String unshared, byte[] value) {
            byte[] key = unshared.getBytes(StandardCharsets.UTF_8);
            varint(shared).varint(key.length).varint(value.length).out.writeBytes(key);
            out.writeBytes(value);
            return this;
        }

        void block(Bytes block) {
            Bytes typed = new Bytes();
            typed.out.writeBytes(block.out.toByteArray());
            typed.out.write(0);
            byte[] bytes = typed.out.toByteArray();
            out.writeBytes(bytes);
            int32(masked(bytes, 0, bytes.length));
        }

        int size() {
            return out.size();
        }
    }
}
