package org.hybridir.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShadeTest {
    @Test
    void endsAndBeyond() {
        assertEquals(new Shade("#f2f6fa", "#000"), Shade.of(0));
        assertEquals(new Shade("#093056", "#fff"), Shade.of(1));
        assertEquals(Shade.of(0), Shade.of(-3));
        assertEquals(Shade.of(1), Shade.of(7));
    }

    /** In black and white too: each shade is darker than the one before it, and its text stands out (WCAG 2, 1.4.3). */
    @Test
    void everDarkerAndReadable() {
        double before = 1;
        for (int i = 0; i <= 100; i++) {
            Shade shade = Shade.of(i / 100.0);
            double luminance = luminance(Integer.parseInt(shade.fill().substring(1), 16));
            assertTrue(luminance < before, "luminance at " + i);
            double ink = shade.ink().equals("#000") ? 0 : 1;
            double contrast = (Math.max(luminance, ink) + 0.05) / (Math.min(luminance, ink) + 0.05);
            assertTrue(contrast >= 4.5, "contrast " + contrast + " at " + i);
            before = luminance;
        }
    }

    private static double luminance(int rgb) {
        double[] weights = {0.0722, 0.7152, 0.2126};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double c = (rgb >> 8 * i & 255) / 255.0;
            sum += weights[i] * (c > 0.04045 ? Math.pow((c + 0.055) / 1.055, 2.4) : c / 12.92);
        }
        return sum;
    }
}
