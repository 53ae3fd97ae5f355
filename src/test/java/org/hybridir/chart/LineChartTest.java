package org.hybridir.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineChartTest {
    /** The axes run from 0 to 10 over 506 pixels from 64 on, and from 0 to 1 over 182 pixels upwards from 216. */
    @Test
    void pointsLieOnTheirAxes() {
        LineChart.Line line = new LineChart.Line("a<b", new double[] {0, 5, 10}, new double[] {0, 0.5, 1});
        String svg = LineChart.svg(List.of(new LineChart("mAP", "step", List.of(line))));
        assertTrue(svg.contains("points=\"64.0,216.0 317.0,125.0 570.0,34.0\""), svg);
        assertTrue(svg.contains(">a&lt;b</text>"), svg);
    }

    @Test
    void withoutValues() {
        String svg = LineChart.svg(List.of(new LineChart("mAP", "step", List.of())));
        assertTrue(svg.contains("no values yet"), svg);
    }

    @Test
    void refusesALineOfUnequalParts() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> new LineChart.Line("a", new double[2], new double[1]));
        assertEquals("line [a] has [2] x, [1] y and [0] spreads", e.getMessage());
    }
}
