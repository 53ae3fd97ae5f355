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
import org.hybridir.measure.GoldRanks;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;
import org.hybridir.measure.TopLanguages;

/** How fairly languages were treated in the multilingual pool. */
final class BiasSections {
    private final Report report;
    private final LanguageNames names;

    BiasSections(Report report, LanguageNames names) {
        this.report = report;
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
        return report.detail().map(detail -> goldRanks(detail.goldRanks().counts()));
    }

    private Section goldRanks(Map<String, List<Integer>> counts) {
        int[] used = IntStream.rangeClosed(0, GoldRanks.BOUNDS.size())
                .filter(i -> counts.values().stream().anyMatch(line -> line.get(i) > 0))
                .toArray();
        List<String> parts = IntStream.of(used).mapToObj(BiasSections::bucket).toList();
        Map<String, double[]> bars = new LinkedHashMap<>();
        counts.forEach((language, line) -> {
            double[] shown = IntStream.of(used).mapToDouble(line::get).toArray();
            if (DoubleStream.of(shown).sum() > 0) {
                bars.put(names.label(language), shown);
            }
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
                new Block.Figure(chart, table(parts, bars)));
    }

    private static Table table(List<String> parts, Map<String, double[]> bars) {
        List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.word("language")));
        parts.forEach(name -> columns.add(new Table.Column("percent on ranks", name, Table.Kind.NUMBER)));
        columns.add(Table.Column.number("passages"));
        List<List<Cell>> rows = new ArrayList<>();
        bars.forEach((label, counts) -> {
            double total = DoubleStream.of(counts).sum();
            List<Cell> row = new ArrayList<>(List.of(Cell.of(label)));
            DoubleStream.of(counts).forEach(count -> row.add(Cell.of(Numbers.percent(count / total))));
            row.add(Cell.of(Numbers.whole(total)));
            rows.add(row);
        });
        return new Table("Ranks of the relevant passages", columns, rows);
    }

    /** Its ranks, for people. */
    private static String bucket(int i) {
        List<Integer> bounds = GoldRanks.BOUNDS;
        if (i == bounds.size()) {
            return "over " + Numbers.whole(bounds.get(i - 1));
        }
        int first = i == 0 ? 1 : bounds.get(i - 1) + 1;
        return first == bounds.get(i)
                ? "rank " + Numbers.whole(first)
                : Numbers.whole(first) + "–" + Numbers.whole(bounds.get(i));
    }

    Optional<Section> top() {
        return report.detail().map(detail -> top(detail.top()));
    }

    private Section top(TopLanguages top) {
        Map<String, Map<String, Double>> shares = new LinkedHashMap<>(top.shares());
        shares.values().removeIf(Map::isEmpty);
        shares.put("pool", top.poolShares());
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Prose("Share of each language (columns) among the first " + top.cutOff()
                + " places of the multilingual ranking, in percent, for the questions of each language (rows). The last row"
                + " is the share of the language in the pool: a ranking blind to language comes near it."));
        blocks.add(new HeatMap("", "question / passage", shares, Numbers::percent));
        top.rankCorrelation().ifPresent(mean -> blocks.add(correlation(top, mean)));
        return new Section("Languages of the first " + top.cutOff() + " places", blocks);
    }

    private static Block correlation(TopLanguages top, double mean) {
        return new Block.Prose(
                "MRC@" + top.cutOff() + " (mean rank correlation): " + Numbers.decimals(mean, 3) + " over "
                        + Numbers.counted(top.correlatedQuestions(), "question")
                        + ". It compares the first " + top.cutOff()
                        + " places that one question gets in two languages: 1 if they are"
                        + " the same whatever language it is asked in; below 0 if they have little in common.");
    }
}
