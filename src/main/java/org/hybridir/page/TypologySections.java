package org.hybridir.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hybridir.chart.ScatterPlot;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;

/** How results follow the families, branches and scripts of languages. */
final class TypologySections {
    private final Report report;
    private final Optional<Part> typology;

    TypologySections(Report report, Part result) {
        this.report = report;
        this.typology = result.part("typology");
    }

    /** One for each way of grouping: family, branch, script. */
    List<Section> groups() {
        List<Section> sections = new ArrayList<>();
        typology.flatMap(part -> part.part("groups"))
                .ifPresent(groups -> groups.parts().forEach((kind, group) -> sections.add(section(kind, group))));
        return sections;
    }

    private Section section(String kind, Part group) {
        String measure = report.measures().get(0);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Prose("Means of the languages' means, by " + kind + " of the question's language."));
        blocks.add(means(kind, group));
        group.part(Setting.CROSS_LINGUAL.key())
                .map(cross -> pairs(kind, cross, measure))
                .ifPresent(blocks::add);
        return new Section("By " + kind, blocks);
    }

    private Table means(String kind, Part group) {
        List<Table.Column> columns =
                new ArrayList<>(List.of(Table.Column.word(kind), Table.Column.number("languages")));
        List<Part> places = new ArrayList<>();
        List<String> measures = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Setting setting : List.of(Setting.MONOLINGUAL, Setting.MULTILINGUAL)) {
            Optional<Part> means = group.part(setting.key());
            means.ifPresent(part -> names.addAll(part.values().keySet()));
            for (String measure : report.measures()) {
                means.filter(part -> part.parts().values().stream()
                                .anyMatch(row -> row.values().containsKey(measure)))
                        .ifPresent(part -> {
                            columns.add(new Table.Column(MeasureSections.title(setting), measure, Table.Kind.NUMBER));
                            places.add(part);
                            measures.add(measure);
                        });
            }
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (String name : names) {
            List<Cell> row = new ArrayList<>(List.of(Cell.of(name), languages(name, places)));
            for (int i = 0; i < places.size(); i++) {
                row.add(value(places.get(i).part(name), measures.get(i)));
            }
            rows.add(row);
        }
        return new Table("", columns, rows);
    }

    private static Cell languages(String name, List<Part> places) {
        return places.stream()
                .flatMap(part -> part.part(name).stream())
                .flatMap(row -> row.number("languages").stream())
                .findFirst()
                .map(n -> Cell.of(Numbers.whole(n)))
                .orElse(Cell.NOTHING);
    }

    private static Cell value(Optional<Part> row, String measure) {
        return row.flatMap(part -> part.number(measure))
                .map(value -> Cell.of(Numbers.measure(measure, value)))
                .orElse(Cell.NOTHING);
    }

    private static HeatMap pairs(String kind, Part cross, String measure) {
        Map<String, Map<String, Double>> values = new LinkedHashMap<>();
        cross.parts().forEach((question, line) -> {
            Map<String, Double> row = new LinkedHashMap<>();
            line.parts().forEach((passage, pairs) -> pairs.number(measure).ifPresent(value -> row.put(passage, value)));
            values.put(question, row);
        });
        String caption =
                "Cross-lingual " + measure + " by " + kind + " of the question (rows) and of the passage (columns)";
        return new HeatMap(caption, "question / passage", values, value -> Numbers.measure(measure, value));
    }

    Optional<Section> distance() {
        Report.Result cross = report.settings().get(Setting.CROSS_LINGUAL);
        return cross == null
                ? Optional.empty()
                : typology.flatMap(part -> part.part("distance")).flatMap(part -> distance(part, cross.perPair()));
    }

    private Optional<Section> distance(Part distance, Map<String, Map<String, Report.Row>> perPair) {
        String measure = distance.text("measure").orElse(report.measures().get(0));
        List<ScatterPlot.Point> points = new ArrayList<>();
        distance.required("per_pair").parts().forEach((question, line) -> line.numbers()
                .forEach((passage, far) -> {
                    Report.Row row = perPair.getOrDefault(question, Map.of()).get(passage);
                    if (!question.equals(passage) && row != null && row.means().containsKey(measure)) {
                        points.add(new ScatterPlot.Point(
                                question + " / " + passage, far, row.means().get(measure)));
                    }
                }));
        return points.isEmpty() ? Optional.empty() : Optional.of(section(distance, measure, points));
    }

    private static Section section(Part distance, String measure, List<ScatterPlot.Point> points) {
        ScatterPlot chart = new ScatterPlot(
                measure + " over the distance between languages",
                "One ring for each ordered pair of languages.",
                "genealogical distance",
                measure,
                points);
        String correlation = distance.number("spearman")
                .map(rho -> " Rank correlation (Spearman) over " + Numbers.counted(points.size(), "pair") + ": "
                        + Numbers.decimals(rho, 3) + ".")
                .orElse("");
        return new Section(
                "Distance between languages",
                new Block.Prose("Cross-lingual " + measure
                        + " of each pair of languages over their genealogical distance." + correlation),
                new Block.Figure(chart, means(measure, points)));
    }

    /** Many pairs share a distance, which counts steps in a tree. */
    private static Table means(String measure, List<ScatterPlot.Point> points) {
        Map<Double, List<Double>> values = new TreeMap<>();
        points.forEach(point ->
                values.computeIfAbsent(point.x(), far -> new ArrayList<>()).add(point.y()));
        List<List<Cell>> rows = new ArrayList<>();
        values.forEach((far, some) -> {
            double mean =
                    some.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
            rows.add(List.of(
                    Cell.of(Numbers.decimals(far, 2)),
                    Cell.of(Numbers.whole(some.size())),
                    Cell.of(Numbers.measure(measure, mean))));
        });
        return new Table(
                measure + " by distance",
                List.of(
                        Table.Column.number("distance"),
                        Table.Column.number("pairs"),
                        Table.Column.number("mean " + measure)),
                rows);
    }
}
