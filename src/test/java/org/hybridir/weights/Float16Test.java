package org.hybridir.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Float16Test {
    private static Float16 of(float... values) {
        return new Float16(new InMemoryTensors().put("x", new long[] {values.length}, values));
    }

    /**
     * By hand: one sign bit, five of the exponent (biased by 15), ten of the fraction. 1 = 0 01111 0000000000; between 1 and 2
     * numbers are 2^-10 apart, so 1 + 2^-11 is a tie and goes to the even 1, 1 + 3 * 2^-11 to 1 + 2^-9. The least number is
     * 2^-24, half of it a tie with zero, and 65519 is nearer to 65504 than to 65536, which does not exist.
     */
    @ParameterizedTest
    @CsvSource({
        "0x1.0p0, 3C00",
        "-0x1.0p1, C000",
        "0x1.002p0, 3C00",
        "0x1.006p0, 3C02",
        "0x1.0021p0, 3C01",
        "65504, 7BFF",
        "65519, 7BFF",
        "0x1.0p-24, 0001",
        "0x1.0p-25, 0000",
        "-0.0, 8000"
    })
    void roundsToTheNearest(float value, String bits) throws IOException {
        ByteBuffer half = of(0, value).bytes("x");
        assertEquals(4, half.remaining());
        assertEquals(
                Integer.parseInt(bits, 16),
                Short.toUnsignedInt(half.order(ByteOrder.LITTLE_ENDIAN).getShort(2)));
    }

    /** 0.1 is 1.6 * 2^-4, and 1.6 * 1024 = 1638.4. */
    @Test
    void comesBackRounded() throws IOException {
        Float16 half = new Float16(new InMemoryTensors().put("x", new long[] {1, 2}, .1f, 3));
        assertEquals(DType.F16, half.type("x"));
        assertArrayEquals(new long[] {1, 2}, half.shape("x"));
        ByteBuffer wide = Float32.of(half, "x");
        assertEquals(1638f / 1024 / 16, wide.getFloat(0));
        assertEquals(3f, wide.getFloat(4));
    }

    @ParameterizedTest
    @ValueSource(floats = {65520, -1e6f, Float.NaN, Float.NEGATIVE_INFINITY})
    void whatHasNoSuchFloatIsNamed(float value) {
        WeightsException refused =
                assertThrows(WeightsException.class, () -> of(1, value).bytes("x"));
        assertEquals(
                "the tensor [x] holds the number [" + value + "]; 16-bit floats are from [-65504.0] to [65504.0]",
                refused.getMessage());
    }
}
