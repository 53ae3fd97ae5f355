package org.hybridir.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;

/** How well was retrieved: means, question languages, pairs of languages. */
final class MeasureSections {
    private final Report report;
    private final LanguageNames names;

    MeasureSections(Report report, LanguageNames names) {
        this.report = report;
        this.names = names;
    }

    static String title(Setting setting) {
        return setting.key().replace('_', '-');
    }

    static Cell value(Report.Row row, String measure) {
        Double value = row.means().get(measure);
        return value == null ? Cell.NOTHING : Cell.of(Numbers.measure(measure, value));
    }

    Section summary() {
        List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.word("setting")));
        report.measures().forEach(measure -> columns.add(Table.Column.number(measure)));
        columns.add(Table.Column.number("mean of"));
        columns.add(Table.Column.number("rankings"));
        List<List<Cell>> rows = new ArrayList<>();
        report.settings().forEach((setting, result) -> {
            List<Cell> row = new ArrayList<>(List.of(Cell.of(title(setting))));
            report.measures().forEach(measure -> row.add(value(result.mean(), measure)));
            row.add(Cell.of(
                    Numbers.counted(result.averaged(), setting == Setting.CROSS_LINGUAL ? "pair" : "language")));
            row.add(Cell.of(Numbers.whole(result.mean().rankings())));
            rows.add(row);
        });
        return new Section(
                "Summary",
                new Block.Prose(
                        "Macro means: first over the questions of a language against one pool, then over languages"
                                + " or pairs of languages, so that each counts the same."),
                new Table("", columns, rows));
    }

    private record Place(String measure, Setting setting) {}

    Section byLanguage() {
        List<Place> places = places();
        List<Table.Column> columns = new ArrayList<>(List.of(
                Table.Column.word("language"), Table.Column.number("passages"), Table.Column.number("questions")));
        places.forEach(
                place -> columns.add(new Table.Column(place.measure, shortTitle(place.setting), Table.Kind.NUMBER)));
        List<List<Cell>> rows = new ArrayList<>();
        for (String language : report.languages()) {
            List<Cell> row = new ArrayList<>();
            row.add(Cell.of(names.label(language)));
            row.add(Cell.of(Numbers.whole(report.pools().get(language))));
            row.add(Cell.of(Numbers.whole(report.questions().get(language))));
            places.forEach(place -> row.add(
                    value(report.settings().get(place.setting).perLanguage().get(language), place.measure)));
            rows.add(row);
        }
        return new Section(
                "By question language",
                new Block.Prose("A cross-lingual value is the mean over the other languages of passages."),
                new Table("", columns, rows));
    }

    /** Measures by settings, without those that say nothing. */
    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (String measure : report.measures()) {
            report.settings().forEach((setting, result) -> {
                if (result.mean().means().containsKey(measure)) {
                    places.add(new Place(measure, setting));
                }
            });
        }
        return places;
    }

    private static String shortTitle(Setting setting) {
        return switch (setting) {
            case MONOLINGUAL -> "mono";
            case CROSS_LINGUAL -> "cross";
            case MULTILINGUAL -> "multi";
        };
    }

    /** The matrix of the first measure. */
    Optional<Section> pairs() {
        String measure = report.measures().get(0);
        boolean diagonal = report.settings().containsKey(Setting.MONOLINGUAL);
        return pairs(report, measure)
                .map(values -> new Section(
                        "Language pairs",
                        new Block.Prose(
                                ofPairs(measure) + (diagonal ? "; the diagonal is the monolingual setting." : ".")),
                        new HeatMap("", "question / passage", values, value -> Numbers.measure(measure, value))));
    }

    /** What {@link #pairs(Report, String)} gives, for people. */
    static String ofPairs(String measure) {
        return measure + " of the questions of each language (rows) against the passages of each language (columns)";
    }

    /** Language of the questions to language of the passages to mean; nothing if pairs were not evaluated. */
    static Optional<Map<String, Map<String, Double>>> pairs(Report report, String measure) {
        Report.Result cross = report.settings().get(Setting.CROSS_LINGUAL);
        if (cross == null || !cross.mean().means().containsKey(measure)) {
            return Optional.empty();
        }
        Map<String, Map<String, Double>> values = new LinkedHashMap<>();
        cross.perPair().forEach((question, line) -> values.put(question, valuesOf(report, line, measure)));
        return Optional.of(values);
    }

    private static Map<String, Double> valuesOf(Report report, Map<String, Report.Row> line, String measure) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String language : report.languages()) {
            if (line.containsKey(language) && line.get(language).means().containsKey(measure)) {
                values.put(language, line.get(language).means().get(measure));
            }
        }
        return values;
    }
}
