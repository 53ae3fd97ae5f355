package org.hybridir.chart;

import java.util.Locale;

/**
 * A colour of a scale that runs from light to dark, so that it reads the same in black and white, with the ink, black or
 * white, that contrasts most with it: always at least 4.5 to 1, as WCAG 2 asks of text.
 *
 * @param fill as in CSS
 * @param ink as in CSS
 */
public record Shade(String fill, String ink) {
    /** Red, green, blue from light to dark, at equal distances. */
    private static final int[][] STOPS = {{242, 246, 250}, {158, 196, 222}, {62, 128, 178}, {9, 48, 86}};

    /** @param share where on the scale: 0 is lightest, 1 darkest; outside, the nearer end */
    public static Shade of(double share) {
        double place = Math.clamp(share, 0, 1) * (STOPS.length - 1);
        int stop = Math.min((int) place, STOPS.length - 2);
        int[] colour = new int[3];
        for (int i = 0; i < 3; i++) {
            colour[i] = (int) Math.round(STOPS[stop][i] + (place - stop) * (STOPS[stop + 1][i] - STOPS[stop][i]));
        }
        // 0.179: where black and white contrast equally, the root of (L + 0.05)^2 = 0.05 * 1.05
        String ink = luminance(colour) > 0.179 ? "#000" : "#fff";
        return new Shade(String.format(Locale.ROOT, "#%02x%02x%02x", colour[0], colour[1], colour[2]), ink);
    }

    /** Relative luminance of sRGB, as WCAG 2 defines it: 0 of black, 1 of white. */
    private static double luminance(int[] colour) {
        return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
