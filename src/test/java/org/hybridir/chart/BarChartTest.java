package org.hybridir.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BarChartTest {
    /** Each takes 30 pixels for its title, 26 for a bar, and 30 below. */
    @Test
    void chartsOfAFileStandBelowEachOther() {
        BarChart one = new BarChart("one <1>", "first", List.of(new BarChart.Bar("a", 1, "1.0")));
        BarChart two = new BarChart(
                "two", "second", List.of(new BarChart.Bar("b", 2, "2.0"), new BarChart.Bar("c", 4, "4.0")));
        String svg = BarChart.svg(List.of(one, two));
        assertTrue(
                svg.startsWith(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"" + (86 + 112) + "\">"),
                svg);
        assertTrue(svg.contains("y=\"20\">one &lt;1&gt;</text><g transform=\"translate(0 30)\">"), svg);
        assertTrue(svg.contains("y=\"106\">two</text><g transform=\"translate(0 116)\">"), svg);
        assertEquals(3, svg.split("class=\"bar\"").length - 1);
    }
}
