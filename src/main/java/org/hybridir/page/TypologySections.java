package org.hybridir.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hybridir.chart.ScatterPlot;
import org.hybridir.measure.PlainMap;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;

/** How results follow the families, branches and scripts of languages. */
final class TypologySections {
    private final Report report;
    private final Optional<PlainMap> typology;

    TypologySections(Report report, PlainMap result) {
        this.report = report;
        this.typology = result.optionalChild("typology");
    }

    /** One for each way of grouping: family, branch, script. */
    List<Section> groups() {
        Optional<PlainMap> groups = typology.flatMap(map -> map.optionalChild("groups"));
        return groups.map(map -> map.keys().stream()
                        .map(kind -> section(kind, map.child(kind)))
                        .toList())
                .orElse(List.of());
    }

    private Section section(String kind, PlainMap group) {
        String measure = report.measures().get(0);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Prose("Means of the languages' means, by " + kind + " of the question's language."));
        blocks.add(means(kind, group));
        group.optionalChild(Setting.CROSS_LINGUAL.key())
                .map(cross -> pairs(kind, cross, measure))
                .filter(map -> !map.legend().isEmpty())
                .ifPresent(blocks::add);
        return new Section("By " + kind, blocks);
    }

    /** A column of the means: a measure in a setting. */
    private record Place(Setting setting, String measure, PlainMap groups) {
        Optional<Double> value(String group) {
            return groups.optionalChild(group).flatMap(row -> row.optionalNumber(measure));
        }
    }

    private Table means(String kind, PlainMap group) {
        List<Place> places = places(group);
        Map<String, String> languages = new LinkedHashMap<>();
        places.forEach(place -> place.groups
                .keys()
                .forEach(name -> languages.put(
                        name, Numbers.whole(place.groups.child(name).count("languages")))));
        List<Table.Column> columns =
                new ArrayList<>(List.of(Table.Column.word(kind), Table.Column.number("languages")));
        places.forEach(place ->
                columns.add(new Table.Column(MeasureSections.title(place.setting), place.measure, Table.Kind.NUMBER)));
        List<List<Cell>> rows = new ArrayList<>();
        languages.forEach((name, count) -> {
            List<Cell> row = new ArrayList<>(List.of(Cell.of(name), Cell.of(count)));
            places.forEach(place -> row.add(place.value(name)
                    .map(value -> Cell.of(Numbers.measure(place.measure, value)))
                    .orElse(Cell.NOTHING)));
            rows.add(row);
        });
        return new Table("", columns, rows);
    }

    private List<Place> places(PlainMap group) {
        List<Place> places = new ArrayList<>();
        for (Setting setting : List.of(Setting.MONOLINGUAL, Setting.MULTILINGUAL)) {
            group.optionalChild(setting.key()).ifPresent(groups -> {
                for (String measure : report.measures()) {
                    Place place = new Place(setting, measure, groups);
                    if (groups.keys().stream()
                            .anyMatch(name -> place.value(name).isPresent())) {
                        places.add(place);
                    }
                }
            });
        }
        return places;
    }

    private static HeatMap pairs(String kind, PlainMap cross, String measure) {
        Map<String, Map<String, Double>> values = new LinkedHashMap<>();
        for (String question : cross.keys()) {
            PlainMap line = cross.child(question);
            Map<String, Double> row = new LinkedHashMap<>();
            line.keys()
                    .forEach(passage ->
                            line.child(passage).optionalNumber(measure).ifPresent(value -> row.put(passage, value)));
            values.put(question, row);
        }
        String caption =
                "Cross-lingual " + measure + " by " + kind + " of the question (rows) and of the passage (columns)";
        return new HeatMap(caption, "question / passage", values, value -> Numbers.measure(measure, value));
    }

    Optional<Section> distance() {
        Report.Result cross = report.settings().get(Setting.CROSS_LINGUAL);
        return cross == null
                ? Optional.empty()
                : typology.flatMap(map -> map.optionalChild("distance")).flatMap(map -> distance(map, cross.perPair()));
    }

    private Optional<Section> distance(PlainMap distance, Map<String, Map<String, Report.Row>> perPair) {
        String measure =
                distance.optionalString("measure").orElse(report.measures().get(0));
        List<ScatterPlot.Point> points = new ArrayList<>();
        PlainMap perLanguage = distance.child("per_pair");
        for (String question : perLanguage.keys()) {
            perLanguage.child(question).doubles().forEach((passage, far) -> {
                Report.Row row = perPair.getOrDefault(question, Map.of()).get(passage);
                if (!question.equals(passage) && row != null && row.means().containsKey(measure)) {
                    String name = question + " / " + passage;
                    points.add(new ScatterPlot.Point(name, far, row.means().get(measure)));
                }
            });
        }
        return points.isEmpty() ? Optional.empty() : Optional.of(section(distance, measure, points));
    }

    private static Section section(PlainMap distance, String measure, List<ScatterPlot.Point> points) {
        ScatterPlot chart = new ScatterPlot(
                measure + " over the distance between languages",
                "One ring for each ordered pair of languages.",
                "genealogical distance",
                measure,
                points);
        String correlation = distance.optionalNumber("spearman")
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
