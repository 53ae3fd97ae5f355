package org.hybridir.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void roundTicksAroundTheValues() {
        assertArrayEquals(
                new double[] {0.3, 0.4, 0.5, 0.6, 0.7, 0.8},
                Axis.over(new double[] {0.38, 0.75}).ticks(),
                1e-9);
        assertArrayEquals(
                new double[] {0, 500, 1000, 1500, 2000},
                Axis.over(new double[] {1900, 3}).ticks(),
                1e-9);
    }

    @Test
    void oneValueHasAnAxisToo() {
        Axis axis = Axis.over(new double[] {2, 2});
        assertEquals(0, axis.share(2), 1e-9);
        assertEquals(1, axis.share(axis.greatest()), 1e-9);
    }

    @Test
    void shortLabels() {
        assertEquals("0.3", Axis.label(0.30000000000000004));
        assertEquals("1", Axis.label(1));
        assertEquals("1500", Axis.label(1500));
        assertEquals("0.125", Axis.label(0.125));
    }
}
