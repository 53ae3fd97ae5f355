package org.hybridir.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hybridir.chart.BarChart;
import org.hybridir.chart.StackedBars;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;

/** How fairly languages were treated in the multilingual pool. */
final class BiasSections {
    private final Report report;
    private final Part part;
    private final LanguageNames names;

    /** @param part the report again, with what {@link Report} does not hold */
    BiasSections(Report report, Part part, LanguageNames names) {
        this.report = report;
        this.part = part;
        this.names = names;
    }

    Optional<Section> rankDistance() {
        Report.Result multilingual = report.settings().get(Setting.MULTILINGUAL);
        if (multilingual == null || !multilingual.mean().means().containsKey(Numbers.RANK_DISTANCE)) {
            return Optional.empty();
        }
        List<BarChart.Bar> bars = new ArrayList<>();
        multilingual.perLanguage().forEach((language, row) -> {
            Double distance = row.means().get(Numbers.RANK_DISTANCE);
            if (distance != null) {
                String shown = Numbers.measure(Numbers.RANK_DISTANCE, distance);
                bars.add(new BarChart.Bar(names.label(language), distance, shown));
            }
        });
        bars.sort(Comparator.comparingDouble(BarChart.Bar::value));
        BarChart chart = new BarChart(
                "Rank distance by question language", "Bars from the smallest distance to the greatest.", bars);
        Table values = new Table(
                "Rank distance",
                List.of(Table.Column.word("question language"), Table.Column.number("rank distance")),
                bars.stream()
                        .map(bar -> List.of(Cell.of(bar.label()), Cell.of(bar.shown())))
                        .toList());
        String mean = Numbers.measure(
                Numbers.RANK_DISTANCE, multilingual.mean().means().get(Numbers.RANK_DISTANCE));
        return Optional.of(new Section(
                "Rank distance",
                new Block.Prose("Places between the first and the last relevant passage of a question, among all "
                        + Numbers.whole(report.passageCount())
                        + " passages: the mean of each question language, sorted."
                        + " Smaller is fairer. Mean of the languages: " + mean + "."),
                new Block.Figure(chart, values)));
    }

    Optional<Section> goldRanks() {
        return part.part("gold_ranks").map(ranks -> {
            double[] bounds = ranks.numbers("bounds");
            Map<String, double[]> counts = new LinkedHashMap<>();
            ranks.required("counts")
                    .values()
                    .keySet()
                    .forEach(language ->
                            counts.put(language, ranks.required("counts").numbers(language)));
            counts.values().removeIf(line -> DoubleStream.of(line).sum() == 0);
            int[] used = IntStream.rangeClosed(0, bounds.length)
                    .filter(i -> counts.values().stream().anyMatch(line -> at(line, i) > 0))
                    .toArray();
            return goldRanks(bounds, used, counts);
        });
    }

    private static double at(double[] line, int bucket) {
        if (bucket >= line.length) {
            throw new IllegalArgumentException(
                    "[report.gold_ranks.counts] of a result has a count for each bound and one" + " more, not ["
                            + line.length + "]");
        }
        return line[bucket];
    }

    private Section goldRanks(double[] bounds, int[] used, Map<String, double[]> counts) {
        List<String> parts = IntStream.of(used).mapToObj(i -> bucket(bounds, i)).toList();
        Map<String, double[]> bars = new LinkedHashMap<>();
        List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.word("passage language")));
        parts.forEach(name -> columns.add(new Table.Column("share of ranks, %", name, Table.Kind.NUMBER)));
        columns.add(Table.Column.number("ranks"));
        List<List<Cell>> rows = new ArrayList<>();
        counts.forEach((language, line) -> {
            double[] shown = IntStream.of(used).mapToDouble(i -> line[i]).toArray();
            double total = DoubleStream.of(shown).sum();
            List<Cell> row = new ArrayList<>(List.of(Cell.of(names.label(language))));
            DoubleStream.of(shown).forEach(count -> row.add(Cell.of(Numbers.percent(count / total))));
            row.add(Cell.of(Numbers.whole(total)));
            bars.put(names.label(language), shown);
            rows.add(row);
        });
        StackedBars chart = new StackedBars(
                "Ranks of the relevant passages by their language",
                "Each bar is one language of passages; its segments are shares of ranks in percent, best ranks first.",
                parts,
                bars);
        return new Section(
                "Where the relevant passages stand",
                new Block.Prose(
                        "Ranks of the relevant passages among all passages, by the language of the passage, over the"
                                + " questions of all languages, in percent. An encoder without language bias gives equal bars."),
                new Block.Figure(chart, new Table("Ranks of the relevant passages", columns, rows)));
    }

    private static String bucket(double[] bounds, int i) {
        if (i == bounds.length) {
            return "over " + Numbers.whole(bounds[i - 1]);
        }
        double first = i == 0 ? 1 : bounds[i - 1] + 1;
        return first == bounds[i]
                ? "rank " + Numbers.whole(first)
                : Numbers.whole(first) + "–" + Numbers.whole(bounds[i]);
    }

    Optional<Section> top() {
        return part.part("top").map(top -> {
            String places = top.number("cut_off").map(Numbers::whole).orElse("10");
            Map<String, Map<String, Double>> shares = new LinkedHashMap<>();
            top.required("shares").parts().forEach((language, line) -> shares.put(language, line.numbers()));
            top.part("pool_shares").ifPresent(pool -> shares.put("pool", pool.numbers()));
            List<Block> blocks = new ArrayList<>();
            blocks.add(
                    new Block.Prose(
                            "Share of each language (columns) among the first " + places
                                    + " places of the multilingual ranking, in percent, for the questions of each language (rows)."
                                    + " The last row is the share of the language in the pool: a ranking blind to language comes near it."));
            blocks.add(new HeatMap("", "question / passage", shares, Numbers::percent));
            top.part("rank_correlation")
                    .flatMap(correlation -> correlation(correlation, places))
                    .ifPresent(blocks::add);
            return new Section("Languages of the first " + places + " places", blocks);
        });
    }

    private static Optional<Block> correlation(Part correlation, String places) {
        return correlation
                .number("mean")
                .map(mean -> new Block.Prose("MRC@" + places + ": " + Numbers.decimals(mean, 3)
                        + correlation
                                .number("questions")
                                .map(n -> " over " + Numbers.counted(n, "question"))
                                .orElse("")
                        + ". This is the mean rank correlation (Spearman) between the rankings that one question gets when it is"
                        + " asked in two languages: 1 if the language of the question makes no difference."));
    }
}
