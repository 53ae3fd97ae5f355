package org.hybridir.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hybridir.measure.TextGrid;

/**
 * A comparison as plain text: for each pair of results a line for each measure and setting, then the first measure by
 * question language. Rounded for reading.
 */
public final class ComparisonTable {
    private static final String NOTHING = "-";

    private final StringBuilder text = new StringBuilder();

    private ComparisonTable() {}

    /** The tables, each line ended by a line feed. */
    public static String render(Comparison comparison) {
        ComparisonTable table = new ComparisonTable();
        for (ComparedPair pair : comparison.pairs()) {
            table.about(pair);
            table.lines(pair);
            table.byLanguage(pair);
        }
        table.method(comparison);
        return table.text.toString();
    }

    private void about(ComparedPair pair) {
        text.append("A = ").append(title(pair.a())).append('\n');
        text.append("B = ").append(title(pair.b())).append('\n');
        text.append(String.format(
                Locale.ROOT,
                "%,d %s compared, each language counting",
                pair.common(),
                pair.common() == 1 ? "question" : "questions"));
        if (pair.onlyA() + pair.onlyB() > 0) {
            text.append(String.format(
                    Locale.ROOT, "; left out: %,d that only A was asked, %,d only B", pair.onlyA(), pair.onlyB()));
        }
        text.append('\n');
        if (pair.poolsDiffer()) {
            text.append("The pools differ, so part of any difference may be theirs: A ")
                    .append(pair.a().pools())
                    .append(", B ")
                    .append(pair.b().pools())
                    .append('\n');
        }
        text.append('\n');
    }

    private static String title(ComparedResult result) {
        return result.name() + (result.about().isEmpty() ? "" : " (" + result.about() + ")");
    }

    private void lines(ComparedPair pair) {
        TextGrid grid = new TextGrid();
        grid.row(List.of("", "ids", "A", "B", "A - B", "95% interval", "d_z", "p", "p (Holm)"));
        for (ComparedPair.Line line : pair.lines()) {
            PairedOutcome outcome = line.outcome();
            String format = format(outcome.meanA(), outcome.meanB());
            grid.row(List.of(
                    line.measure() + " " + title(line),
                    String.format(Locale.ROOT, "%,d", outcome.questions()),
                    number(format, outcome.meanA()),
                    number(format, outcome.meanB()),
                    signed(format, outcome.difference()),
                    "[" + signed(format, outcome.interval().low()) + ", "
                            + signed(format, outcome.interval().high()) + "]",
                    outcome.effectSize().isPresent()
                            ? number("%+.2f", outcome.effectSize().getAsDouble())
                            : NOTHING,
                    number("%.4f", outcome.p()),
                    number("%.4f", line.corrected())));
        }
        text.append(grid.render()).append('\n');
    }

    private void byLanguage(ComparedPair pair) {
        if (pair.lines().isEmpty()) {
            return;
        }
        String measure = pair.lines().get(0).measure();
        List<ComparedPair.Line> lines = pair.lines().stream()
                .filter(line -> line.measure().equals(measure))
                .toList();
        Set<String> languages = new LinkedHashSet<>();
        lines.forEach(line -> languages.addAll(line.perLanguage().keySet()));
        text.append(measure).append(" by question language\n");
        TextGrid grid = new TextGrid();
        List<String> settings = new ArrayList<>(List.of(""));
        List<String> head = new ArrayList<>(List.of(""));
        lines.forEach(line -> {
            settings.addAll(List.of("", "", title(line)));
            head.addAll(List.of("A", "B", "A - B"));
        });
        grid.row(settings);
        grid.row(head);
        languages.forEach(language -> grid.row(row(language, lines)));
        text.append(grid.render()).append('\n');
    }

    private static List<String> row(String language, List<ComparedPair.Line> lines) {
        List<String> row = new ArrayList<>(List.of(language));
        for (ComparedPair.Line line : lines) {
            ComparedPair.LanguageMeans means = line.perLanguage().get(language);
            if (means == null) {
                row.addAll(List.of(NOTHING, NOTHING, NOTHING));
            } else {
                String format = format(means.meanA(), means.meanB());
                row.addAll(List.of(
                        number(format, means.meanA()),
                        number(format, means.meanB()),
                        signed(format, means.meanA() - means.meanB())));
            }
        }
        return row;
    }

    private void method(Comparison comparison) {
        int pairs = comparison.pairs().size();
        text.append(
                        "Means are over question ids, a question's value being the mean over its languages; not the macro means of\n")
                .append("an evaluation. Interval: percentile bootstrap over ids, ")
                .append(number("%,.0f", Bootstrap.RESAMPLES))
                .append(" resamples. d_z: mean difference / standard\n")
                .append("deviation of the differences. p: paired two-sided randomisation test, ")
                .append(number("%,.0f", RandomisationTest.DRAWS))
                .append(" draws; Holm's correction is\n")
                .append(pairs == 1 ? "for the settings" : "for the " + pairs + " pairs of results in all settings")
                .append(", each measure by itself.\n");
    }

    private static String title(ComparedPair.Line line) {
        return line.setting().key().replace('_', '-');
    }

    /** Distances and ranks are large, shares are small. */
    private static String format(double a, double b) {
        return Math.max(Math.abs(a), Math.abs(b)) < 10 ? ".4f" : ",.1f";
    }

    private static String signed(String format, double value) {
        return number("%+" + format, value);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format.startsWith("%") ? format : "%" + format, value);
    }
}
