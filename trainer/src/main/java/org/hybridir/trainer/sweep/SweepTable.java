package org.hybridir.trainer.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hybridir.compare.Bootstrap;
import org.hybridir.compare.PairedOutcome;
import org.hybridir.compare.RandomisationTest;

/** {@code results.md}: a report for people. */
final class SweepTable {
    private static final String NONE = "-";

    private final StringBuilder text = new StringBuilder();

    private SweepTable() {}

    static String of(SweepReport report, List<VariantComparison> comparisons) {
        SweepTable table = new SweepTable();
        table.line("# Strategies compared");
        table.line("");
        table.about(report);
        table.variants(report);
        table.comparisons(comparisons);
        table.runs(report);
        return table.text.toString();
    }

    private void about(SweepReport report) {
        report.about().forEach((key, value) -> line("* " + key.replace('_', ' ') + ": " + plain(value)));
        int finished = report.results().size();
        line("* runs: " + finished + (finished < report.expected() ? " of " + report.expected() : ""));
    }

    private static String plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .collect(Collectors.joining("; "));
        }
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(", "))
                : value.toString();
    }

    private void variants(SweepReport report) {
        heading("Results", "Macro means over languages or pairs of languages; mean and standard deviation over seeds.");
        header(withFigures("strategy", "alpha", "seeds"));
        for (Variant variant : report.variants()) {
            List<String> cells = new ArrayList<>(List.of(
                    variant.strategy().key(),
                    alpha(variant),
                    "" + report.of(variant).size()));
            for (Figure figure : Figure.values()) {
                cells.add(report.spread(variant, figure)
                        .map(spread -> figure.show(spread.mean())
                                + (spread.count() > 1 ? " ± " + figure.show(spread.deviation()) : ""))
                        .orElse(NONE));
            }
            row(cells);
        }
    }

    private static List<String> withFigures(String... first) {
        List<String> names = new ArrayList<>(List.of(first));
        for (Figure figure : Figure.values()) {
            names.add(figure.title());
        }
        return names;
    }

    private static String alpha(Variant variant) {
        return variant.alpha().isPresent() ? "" + variant.alpha().getAsDouble() : NONE;
    }

    private void comparisons(List<VariantComparison> comparisons) {
        heading(
                "Pairs of strategies",
                String.format(
                        Locale.ROOT,
                        "Each line: the AP of two strategies on the same questions, averaged over the seeds that both have and"
                                + " over each question's languages; means are over questions, unlike the macro means above."
                                + " Interval: 95%% percentile bootstrap over questions, %,d resamples. d_z: mean difference /"
                                + " standard deviation of the differences. p: paired two-sided randomisation test, %,d draws,"
                                + " or all patterns of signs where there are fewer; corrected by Holm's method for the %d"
                                + " comparisons.",
                        Bootstrap.RESAMPLES,
                        RandomisationTest.DRAWS,
                        comparisons.size()));
        header(List.of(
                "A",
                "B",
                "setting",
                "seeds",
                "questions",
                "mean AP of A",
                "of B",
                "A - B",
                "interval",
                "d_z",
                "p",
                "p (Holm)"));
        for (VariantComparison one : comparisons) {
            PairedOutcome outcome = one.outcome();
            row(List.of(
                    one.a().key(),
                    one.b().key(),
                    one.setting().key().replace('_', '-'),
                    "" + one.seeds(),
                    "" + outcome.questions(),
                    number("%.3f", outcome.meanA()),
                    number("%.3f", outcome.meanB()),
                    number("%+.3f", outcome.difference()),
                    number("%+.3f", outcome.interval().low())
                            + " to "
                            + number("%+.3f", outcome.interval().high()),
                    outcome.effectSize().isPresent()
                            ? number("%+.2f", outcome.effectSize().getAsDouble())
                            : NONE,
                    number("%.4f", outcome.p()),
                    number("%.4f", one.corrected())));
        }
    }

    private void runs(SweepReport report) {
        heading("Runs", "");
        header(withFigures("strategy", "alpha", "seed", "steps", "best step", "minutes"));
        for (RunResult result : report.results()) {
            List<String> cells = new ArrayList<>(List.of(
                    result.run().variant().strategy().key(),
                    alpha(result.run().variant()),
                    "" + result.run().seed(),
                    "" + result.steps(),
                    "" + result.best(),
                    number("%.1f", result.seconds() / 60)));
            for (Figure figure : Figure.values()) {
                cells.add(
                        figure.of(result.report()).isPresent()
                                ? figure.show(figure.of(result.report()).getAsDouble())
                                : NONE);
            }
            row(cells);
        }
    }

    private void heading(String title, String below) {
        line("");
        line("## " + title);
        line("");
        if (!below.isEmpty()) {
            line(below);
            line("");
        }
    }

    private void header(List<String> names) {
        row(names);
        row(Collections.nCopies(names.size(), "---"));
    }

    private void row(List<String> cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private void line(String one) {
        text.append(one).append('\n');
    }
}
