package org.hybridir.chart;

import java.util.DoubleSummaryStatistics;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Numbers on shades: the least is lightest, the greatest darkest. If they are all the same, all are lightest.
 *
 * @param least not a number if there are none
 * @param greatest not less; not a number if there are none
 */
public record ShadeScale(double least, double greatest) {
    /** The scale that just holds some numbers, in any order. */
    public static ShadeScale over(DoubleStream numbers) {
        DoubleSummaryStatistics range = numbers.summaryStatistics();
        return range.getCount() == 0
                ? new ShadeScale(Double.NaN, Double.NaN)
                : new ShadeScale(range.getMin(), range.getMax());
    }

    public Shade shade(double number) {
        return Shade.of(greatest == least ? 0 : (number - least) / (greatest - least));
    }

    /** Numbers at equal distances from the least to the greatest; none if the scale holds none. */
    public DoubleStream steps(int count) {
        return Double.isNaN(least)
                ? DoubleStream.empty()
                : IntStream.range(0, count).mapToDouble(i -> least + i * (greatest - least) / (count - 1));
    }
}
