package org.hybridir.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    void randomTensorsComeBackAsWritten() throws IOException {
        Random random = new Random(7);
        InMemoryTensors tensors = new InMemoryTensors();
        for (int i = 0; i < 20; i++) {
            DType type = DType.values()[random.nextInt(DType.values().length)];
            long[] shape = random.ints(random.nextInt(4), 0, 5).asLongStream().toArray();
            byte[] bytes = new byte[(int) new Tensor(type, shape).bytes()];
            random.nextBytes(bytes);
            tensors.put("layer." + i + ".gewicht-ß", type, shape, ByteBuffer.wrap(bytes));
        }
        Path file = folder.resolve("model.safetensors");
        SafetensorsWriter.write(file, tensors);
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertEquals(List.copyOf(tensors.names()), List.copyOf(read.names()));
            for (String name : tensors.names()) {
                assertEquals(tensors.type(name), read.type(name));
                assertArrayEquals(tensors.shape(name), read.shape(name));
                assertEquals(tensors.bytes(name), read.bytes(name));
            }
        }
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList(), "no part file stays behind");
        }
    }

    /** Written by hand after the format's description, so that reader and writer cannot agree on a mistake. */
    @Test
    void readsAFileWrittenByHand() throws IOException {
        byte[] data = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0, (byte) 0x80, 0x3f};
        Path file = file(
                "{\"__metadata__\":{\"format\":\"pt\"},\"b\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[8,10]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}}",
                data);
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            ByteBuffer a = Float32.of(read, "a");
            assertTrue(a.isDirect());
            assertEquals(1f, a.getFloat(0));
            assertEquals(-2f, a.getFloat(4));
            assertEquals(1f, Float32.of(read, "b").getFloat(0));
        }
    }

    /** LaBSE's and MiniLM's files hold position_ids. */
    @Test
    void tensorsThatAreNoWeightsAreAnErrorOnlyWhenAskedFor() throws IOException {
        Path file = file(
                "{\"position_ids\":{\"dtype\":\"I64\",\"shape\":[1,1],\"data_offsets\":[0,8]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}",
                new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0x80, 0x3f});
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertEquals(1f, Float32.of(read, "a").getFloat(0));
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> read.type("position_ids"));
            assertEquals(
                    "the tensor [position_ids] in [" + file
                            + "] is of type [I64]; weights are read as [F32, F16, BF16]",
                    refused.getMessage());
        }
    }

    /** 1 is 0x3c00 and 0x3f80, -2.5 is 0xc100 and 0xc020, in the two formats of 16 bits. */
    @Test
    void widensHalfFloats() throws IOException {
        assertWidened(DType.F16, (short) 0x3c00, (short) 0xc100);
        assertWidened(DType.BF16, (short) 0x3f80, (short) 0xc020);
    }

    private static void assertWidened(DType type, short one, short minusTwoAndAHalf) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(one).putShort(minusTwoAndAHalf).flip();
        ByteBuffer wide = Float32.of(new InMemoryTensors().put("x", type, new long[] {2}, bytes), "x");
        assertTrue(wide.isDirect());
        assertEquals(1f, wide.getFloat(0));
        assertEquals(-2.5f, wide.getFloat(4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[8,0]}}|gives tensor [a] of I64 [1] the data_offsets [8, 0]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|has a gap or an overlap at byte [8] of its data, before tensor [b]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}}|gives tensor [a] of F32 [1] the data_offsets [0, 8]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|has a gap or an overlap at byte [0] of its data, before tensor [a]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|holds [8] bytes of data, its header describes [4]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}|gives tensor [a] the shape [-1]",
                "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}|gives tensor [a] no shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[\"2\"],\"data_offsets\":[0,8]}}|gives tensor [a] the shape [[\"2\"]]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}|gives tensor [a] the shape",
                "[1, 2, 3]|has a header that is no JSON object",
                "{\"a\":|has a header that is no JSON",
            })
    void refusesABrokenHeader(String header, String message) throws IOException {
        Path file = file(header, new byte[8]);
        IOException refused = assertThrows(WeightsException.class, () -> SafetensorsFile.open(file));
        assertTrue(refused.getMessage().contains("[" + file + "] " + message), refused.getMessage());
    }

    @Test
    void refusesAHeaderLongerThanTheFile() throws IOException {
        Path file = folder.resolve("short");
        Files.write(file, new byte[] {100, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
        IOException refused = assertThrows(WeightsException.class, () -> SafetensorsFile.open(file));
        assertTrue(refused.getMessage().contains("says that its header has [100] bytes"), refused.getMessage());
    }

    @Test
    void writesNothingWhenASourceFails() throws IOException {
        Path file = folder.resolve("model.safetensors");
        InMemoryTensors good = new InMemoryTensors().put("a", new long[] {1}, 1f);
        TensorSource failing = new TensorSource() {
            @Override
            public Set<String> names() {
                return good.names();
            }

            @Override
            public DType type(String name) {
                return good.type(name);
            }

            @Override
            public long[] shape(String name) {
                return good.shape(name);
            }

            @Override
            public ByteBuffer bytes(String name) throws IOException {
                throw new IOException("disk gone");
            }
        };
        assertThrows(IOException.class, () -> SafetensorsWriter.write(file, failing));
        try (var files = Files.list(folder)) {
            assertFalse(files.findAny().isPresent(), "neither the file nor a part of it");
        }
    }

    private Path file(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json).put(data);
        return Files.write(folder.resolve("by-hand"), bytes.array());
    }
}
