package org.hybridir.chart;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A scale from the least to the greatest tick, with ticks at multiples of 1, 2 or 5 times a power of ten.
 *
 * @param least a multiple of the step
 * @param greatest a greater multiple of the step
 * @param step between two ticks
 */
record Axis(double least, double greatest, double step) {
    /** The scale that holds all values, of which there is at least one. */
    static Axis over(double[] values) {
        double least = Arrays.stream(values).min().orElseThrow();
        double greatest = Arrays.stream(values).max().orElseThrow();
        if (greatest == least) {
            greatest = least + Math.max(1e-6, Math.abs(least) / 10);
        }
        double rough = (greatest - least) / 5;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = rough / power < 2 ? 2 * power : rough / power < 5 ? 5 * power : 10 * power;
        return new Axis(Math.floor(least / step) * step, Math.ceil(greatest / step) * step, step);
    }

    /** Where a value lies: 0 at the least tick, 1 at the greatest. */
    double share(double value) {
        return (value - least) / (greatest - least);
    }

    double[] ticks() {
        int count = (int) Math.round((greatest - least) / step) + 1;
        return IntStream.range(0, count).mapToDouble(i -> least + i * step).toArray();
    }

    /** A tick's number, as short as may be. */
    static String label(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.4g", value)
                .replaceFirst("(\\.\\d*?)0+$", "$1")
                .replaceFirst("\\.$", "");
    }
}
