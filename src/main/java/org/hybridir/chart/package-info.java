/**
 * Charts as SVG text, which every browser shows; Java's own libraries draw through AWT, which servers often lack.
 *
 * <p>Start with {@link org.hybridir.chart.Markup}, the one place where text becomes markup, and
 * {@link org.hybridir.chart.Chart}, what a page holds: {@link org.hybridir.chart.BarChart},
 * {@link org.hybridir.chart.StackedBars}, {@link org.hybridir.chart.ScatterPlot}. {@link org.hybridir.chart.LineChart}
 * and {@link org.hybridir.chart.ShadedMatrix} make a file of its own. Nothing is told by colour alone: bars and cells carry their
 * values, and {@link org.hybridir.chart.Shade} is a scale of luminance.
 *
 * <p>What does not belong here: what the numbers mean. This package imports nothing but {@code java.*}.
 */
package org.hybridir.chart;
