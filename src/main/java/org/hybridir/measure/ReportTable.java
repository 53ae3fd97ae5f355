package org.hybridir.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A report as plain text: the settings side by side, then by question language, then each pair of languages, what was left
 * out if anything was, and whose passages stand first. Rounded for reading: four digits after the point, three in matrices,
 * one for ranks.
 */
public final class ReportTable {
    /** Measures beside each other in the table by language, three settings each: about a hundred columns of text. */
    private static final int MEASURES_ABREAST = 3;

    private static final String NOTHING = "-";
    /** Measures that are numbers of places. */
    private static final Set<String> RANKS = Set.of(new RankDistance().name(), new MaxRank().name());

    private final Report report;
    private final StringBuilder text = new StringBuilder();

    private ReportTable(Report report) {
        this.report = report;
    }

    /** The tables, each line ended by a line feed. */
    public static String render(Report report) {
        ReportTable table = new ReportTable(report);
        table.summary();
        table.byLanguage();
        table.pairs();
        table.leftOut();
        table.withoutValue();
        report.detail().ifPresent(detail -> table.top(detail.top()));
        return table.text.toString();
    }

    private void summary() {
        text.append(counted(report.questionCount(), "question"))
                .append(" against ")
                .append(counted(report.passageCount(), "passage"))
                .append(" in ")
                .append(counted(report.languages().size(), "language"))
                .append("\n\n");
        TextGrid grid = new TextGrid();
        List<String> head = new ArrayList<>(List.of("macro mean"));
        head.addAll(report.measures());
        head.addAll(List.of("over", "rankings", "left out"));
        grid.row(head);
        report.settings().forEach((setting, result) -> {
            List<String> row = new ArrayList<>(List.of(title(setting)));
            report.measures().forEach(measure -> row.add(value(result.mean(), measure)));
            row.add(counted(result.averaged(), setting == Setting.CROSS_LINGUAL ? "pair" : "language"));
            row.add(whole(result.mean().rankings()));
            row.add(result.mean().leftOut() == 0 ? NOTHING : whole(result.mean().leftOut()));
            grid.row(row);
        });
        text.append(grid.render());
    }

    private void byLanguage() {
        List<String> measures = report.measures();
        for (int from = 0; from < measures.size(); from += MEASURES_ABREAST) {
            text.append("\nBy question language\n");
            byLanguage(measures.subList(from, Math.min(from + MEASURES_ABREAST, measures.size())));
        }
    }

    private void byLanguage(List<String> measures) {
        List<Column> columns = columns(measures);
        TextGrid grid = new TextGrid();
        grid.row(row(List.of("", "", ""), columns, Column::group));
        grid.row(row(List.of("", "passages", "questions"), columns, column -> shortTitle(column.setting)));
        for (String language : report.languages()) {
            List<String> start = List.of(
                    language,
                    whole(report.pools().get(language)),
                    whole(report.questions().get(language)));
            grid.row(row(start, columns, column -> {
                Report.Result result = report.settings().get(column.setting);
                return value(result.perLanguage().get(language), column.measure);
            }));
        }
        text.append(grid.render());
    }

    private record Column(String measure, Setting setting, boolean first) {
        String group() {
            return first ? measure : "";
        }
    }

    private List<Column> columns(List<String> measures) {
        List<Column> columns = new ArrayList<>();
        for (String measure : measures) {
            boolean first = true;
            for (Setting setting : report.settings().keySet()) {
                if (Measures.parse(measure).in(setting)) {
                    columns.add(new Column(measure, setting, first));
                    first = false;
                }
            }
        }
        return columns;
    }

    private static List<String> row(List<String> start, List<Column> columns, Function<Column, String> cell) {
        List<String> row = new ArrayList<>(start);
        columns.forEach(column -> row.add(cell.apply(column)));
        return row;
    }

    /** The matrix of the first measure. */
    private void pairs() {
        Report.Result cross = report.settings().get(Setting.CROSS_LINGUAL);
        String measure = report.measures().get(0);
        if (cross != null && Measures.parse(measure).in(Setting.CROSS_LINGUAL)) {
            text.append('\n')
                    .append(measure)
                    .append(" of each question language (rows) in each passage language (columns)\n");
            matrix(
                    cross.perPair(),
                    row -> row.means().containsKey(measure)
                            ? String.format(Locale.ROOT, "%.3f", row.means().get(measure))
                            : NOTHING);
        }
    }

    private void leftOut() {
        Report.Result cross = report.settings().get(Setting.CROSS_LINGUAL);
        if (cross != null && cross.perPair().values().stream().anyMatch(ReportTable::anyLeftOut)) {
            text.append("\nQuestions left out of each pair, having no relevant passage in that language\n");
            matrix(cross.perPair(), row -> whole(row.leftOut()));
        }
    }

    private void withoutValue() {
        report.settings()
                .forEach((setting, result) -> result.mean().withoutValue().forEach((measure, rankings) -> text.append(
                                '\n')
                        .append(measure)
                        .append(" has no value for ")
                        .append(whole(rankings))
                        .append(" of the ")
                        .append(counted(result.mean().rankings(), title(setting) + " ranking"))
                        .append('\n')));
    }

    private void top(TopLanguages top) {
        if (top.shares().isEmpty()) {
            return;
        }
        text.append("\nShare of each passage language (columns) of the first ")
                .append(top.cutOff())
                .append(" places, by question language (rows)\n");
        TextGrid grid = new TextGrid();
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(report.languages());
        grid.row(head);
        top.shares().forEach((language, line) -> grid.row(shares(language, line)));
        grid.row(shares("pool", top.poolShares()));
        text.append(grid.render());
        top.rankCorrelation()
                .ifPresent(mean -> text.append(String.format(
                        Locale.ROOT,
                        "MRC@%d %.3f: mean correlation of the first places of one question in several languages, %s\n",
                        top.cutOff(),
                        mean,
                        counted(top.correlatedQuestions(), "question"))));
    }

    private List<String> shares(String title, Map<String, Double> line) {
        List<String> row = new ArrayList<>(List.of(title));
        report.languages().forEach(language -> row.add(String.format(Locale.ROOT, "%.3f", line.get(language))));
        return row;
    }

    private static boolean anyLeftOut(Map<String, Report.Row> line) {
        return line.values().stream().anyMatch(row -> row.leftOut() > 0);
    }

    private void matrix(Map<String, Map<String, Report.Row>> perPair, Function<Report.Row, String> cell) {
        TextGrid grid = new TextGrid();
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(report.languages());
        grid.row(head);
        perPair.forEach((language, line) -> {
            List<String> row = new ArrayList<>(List.of(language));
            for (String pool : report.languages()) {
                row.add(line.containsKey(pool) ? cell.apply(line.get(pool)) : NOTHING);
            }
            grid.row(row);
        });
        text.append(grid.render());
    }

    private static String value(Report.Row row, String measure) {
        Double value = row.means().get(measure);
        if (value == null) {
            return NOTHING;
        }
        return String.format(Locale.ROOT, RANKS.contains(measure) ? "%,.1f" : "%.4f", value);
    }

    private static String whole(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String counted(int number, String what) {
        return whole(number) + " " + what + (number == 1 ? "" : "s");
    }

    private static String title(Setting setting) {
        return setting.key().replace('_', '-');
    }

    private static String shortTitle(Setting setting) {
        return switch (setting) {
            case MONOLINGUAL -> "mono";
            case CROSS_LINGUAL -> "cross";
            case MULTILINGUAL -> "multi";
        };
    }
}
