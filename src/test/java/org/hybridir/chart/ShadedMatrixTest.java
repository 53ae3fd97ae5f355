package org.hybridir.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ShadedMatrixTest {
    private static Map<String, Double> row(Object... values) {
        Map<String, Double> row = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i += 2) {
            row.put((String) values[i], (Double) values[i + 1]);
        }
        return row;
    }

    private static ShadedMatrix matrix(String title, Map<String, Double> de, Map<String, Double> tr) {
        Map<String, Map<String, Double>> values = new LinkedHashMap<>();
        values.put("de", de);
        values.put("tr", tr);
        return new ShadedMatrix(title, values);
    }

    /** Columns as rows, what is no row behind them. */
    @Test
    void columnsMeetTheRowsOnTheDiagonal() {
        ShadedMatrix matrix = matrix("one", row("zh", 1.0, "tr", 2.0), row("de", 3.0));
        assertEquals(List.of("de", "tr", "zh"), List.copyOf(matrix.columns()));
        assertEquals(6, matrix.numbers().sum());
    }

    /** The lightest is in the first matrix, the darkest in the second, and 0.5 has one shade in both. */
    @Test
    void matricesShareOneScale() {
        ShadedMatrix one = matrix("one <1>", row("de", .5, "tr", 0.0), row("tr", .25));
        ShadedMatrix two = matrix("two", row("de", .5), row("tr", 1.0));
        String svg = ShadedMatrix.svg(List.of(one, two), "what it is", Double::toString);
        // two labels of 44 and columns of 38 each, and 44 at the end; 52 above and below two rows of 24
        assertTrue(svg.contains("width=\"" + (44 + 76 + 44 + 76 + 44) + "\" height=\"" + (52 + 48 + 52) + "\""), svg);
        assertTrue(svg.contains("one &lt;1&gt;</text>"), svg);
        assertTrue(svg.contains("what it is</text>"), svg);
        assertEquals(2, svg.split(cell("0.5", .5), -1).length - 1, svg);
        assertTrue(svg.contains(cell("0.0", 0)), svg);
        assertTrue(svg.contains(cell("1.0", 1)), svg);
        assertEquals(5, svg.split("fill=\"#[0-9a-f]{6}\"", -1).length - 1, "cells");
    }

    private static String cell(String number, double share) {
        Shade shade = Shade.of(share);
        int x = number.equals("0.5") ? 0 : 38;
        int y = number.equals("1.0") ? 24 : 0;
        return "<rect x=\"" + x + "\" y=\"" + y + "\" width=\"38\" height=\"24\" fill=\"" + shade.fill()
                + "\"/><text x=\"" + (x + 19) + "\" y=\"" + (y + 16) + "\" fill=\"" + shade.ink() + "\">" + number
                + "</text>";
    }

    @Test
    void scaleOverNumbersThatAreTheSame() {
        ShadeScale scale = ShadeScale.over(DoubleStream.of(3, 3));
        assertEquals(Shade.of(0), scale.shade(3));
        assertArrayEquals(new double[] {3, 3}, scale.steps(2).toArray());
    }

    @Test
    void stepsOfAScale() {
        assertArrayEquals(
                new double[] {1, 2, 3},
                ShadeScale.over(DoubleStream.of(3, 1, 2)).steps(3).toArray());
        assertEquals(0, ShadeScale.over(DoubleStream.empty()).steps(3).count());
    }
}
