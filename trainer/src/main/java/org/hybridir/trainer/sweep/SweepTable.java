package org.hybridir.trainer.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code results.md}: a report for people. */
final class SweepTable {
    private static final String NONE = "-";

    private final StringBuilder text = new StringBuilder();

    private SweepTable() {}

    static String of(SweepReport report, List<Comparison> comparisons) {
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
        int planned = report.plan().runs().size();
        line("* runs: " + report.results().size() + (report.results().size() < planned ? " of " + planned : ""));
    }

    private static String plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", "));
        }
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(", "))
                : value.toString();
    }

    private void variants(SweepReport report) {
        heading("Results", "Macro means over languages or pairs of languages; mean and standard deviation over seeds.");
        header(withFigures("strategy", "alpha", "seeds"));
        for (Variant variant : report.plan().variants()) {
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

    private void comparisons(List<Comparison> comparisons) {
        heading(
                "Pairs of strategies",
                String.format(
                        Locale.ROOT,
                        "p: paired two-sided randomisation test over questions (signs of the differences in AP flipped at"
                                + " random, %,d draws, or all patterns where there are fewer). A question's AP is averaged over"
                                + " the seeds that both have and over its languages; p is not corrected for the %d"
                                + " comparisons. Means are over questions, unlike the macro means above.",
                        RandomisationTest.DRAWS,
                        comparisons.size()));
        header(List.of("A", "B", "setting", "seeds", "questions", "mean AP of A", "of B", "A - B", "p"));
        for (Comparison one : comparisons) {
            row(List.of(
                    one.a().key(),
                    one.b().key(),
                    one.setting().key().replace('_', '-'),
                    "" + one.seeds(),
                    "" + one.questions(),
                    number("%.3f", one.meanA()),
                    number("%.3f", one.meanB()),
                    number("%+.3f", one.difference()),
                    number("%.4f", one.p())));
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
