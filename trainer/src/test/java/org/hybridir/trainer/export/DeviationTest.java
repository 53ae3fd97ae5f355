package org.hybridir.trainer.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class DeviationTest {
    @Test
    void measuresNumbersAndCosine() {
        Deviation deviation = Deviation.of(new float[] {0.6f, 0.8f}, new float[] {0.8f, 0.6f});
        assertEquals(0.2, deviation.element(), 1e-6);
        assertEquals(0.04, deviation.cosine(), 1e-6);
        assertFalse(deviation.allowed());
        assertEquals(new Deviation(0.5, 0.3), new Deviation(0.5, 0.1).max(new Deviation(0.2, 0.3)));
    }

    @Test
    void allowsUpToTheLimit() {
        assertTrue(new Deviation(1e-4, 1e-4).allowed());
        assertFalse(new Deviation(1.1e-4, 0).allowed());
        assertFalse(new Deviation(0, 1.1e-4).allowed());
    }

    @Test
    void notANumberIsNeverAllowed() {
        Deviation deviation = Deviation.of(new float[] {Float.NaN, 0}, new float[] {1, 0});
        assertFalse(deviation.allowed());
        assertFalse(Deviation.NONE.max(deviation).allowed());
    }

    @Test
    void refusesVectorsOfDifferentLength() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Deviation.of(new float[2], new float[3]));
        assertEquals("a vector of [2] numbers cannot be compared with one of [3]", e.getMessage());
    }
}
