package org.hybridir.trainer.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.hybridir.chart.LineChart;

/**
 * {@code alpha.svg}: the figures over alpha, with the standard deviation over seeds above and below. Cross-lingual and
 * monolingual batches alone are alpha 0 and 1, unless the sweep has hybrid runs there.
 */
final class AlphaChart {
    private static final String ACROSS = "alpha: share of monolingual batches; bars: standard deviation over seeds";

    private AlphaChart() {}

    static String of(SweepReport report) {
        TreeMap<Double, Variant> variants = new TreeMap<>();
        for (Variant variant : report.variants()) {
            variant.monolingualShare().ifPresent(share -> {
                if (variant.alpha().isPresent()) {
                    variants.put(share, variant);
                } else {
                    variants.putIfAbsent(share, variant);
                }
            });
        }
        return LineChart.svg(List.of(
                new LineChart(
                        "mAP",
                        ACROSS,
                        List.of(
                                line(report, variants, Figure.MONOLINGUAL),
                                line(report, variants, Figure.CROSS_LINGUAL),
                                line(report, variants, Figure.MULTILINGUAL))),
                new LineChart(
                        "Rank distance in the multilingual pool (lower is better)",
                        ACROSS,
                        List.of(line(report, variants, Figure.RANK_DISTANCE)))));
    }

    private static LineChart.Line line(SweepReport report, TreeMap<Double, Variant> variants, Figure figure) {
        List<Double> shares = new ArrayList<>();
        List<Spread> spreads = new ArrayList<>();
        variants.forEach((share, variant) -> report.spread(variant, figure).ifPresent(spread -> {
            shares.add(share);
            spreads.add(spread);
        }));
        return new LineChart.Line(
                figure.title(),
                shares.stream().mapToDouble(Double::doubleValue).toArray(),
                spreads.stream().mapToDouble(Spread::mean).toArray(),
                spreads.stream().mapToDouble(Spread::deviation).toArray());
    }
}
