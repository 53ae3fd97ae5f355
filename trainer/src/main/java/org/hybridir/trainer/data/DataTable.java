package org.hybridir.trainer.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hybridir.measure.TextGrid;

/** Summaries of data sets and leakage as plain text. */
public final class DataTable {
    /** Languages beside each other: about a hundred columns of text. More are counted line by line. */
    private static final int LANGUAGES_ABREAST = 14;

    private static final String NOTHING = "-";

    private DataTable() {}

    /** A line for each summary. */
    public static String sizes(List<DataSummary> summaries) {
        TextGrid grid = new TextGrid();
        grid.row(List.of(
                "data set", "pairs", "monolingual", "cross-lingual", "duplicates", "clusters", "largest cluster"));
        for (DataSummary summary : summaries) {
            grid.row(List.of(
                    summary.name(),
                    whole(summary.pairs()),
                    count(summary.monolingual()),
                    count(summary.pairs() - summary.monolingual()),
                    count(summary.duplicates()),
                    whole(summary.clusters()),
                    whole(summary.largestCluster())));
        }
        return grid.render();
    }

    /** A line for each summary. */
    public static String lengths(List<DataSummary> summaries) {
        TextGrid grid = new TextGrid();
        grid.row(List.of("", "queries", "", "", "passages", "", ""));
        grid.row(List.of(summaries.get(0).unit(), "median", "95 %", "max", "median", "95 %", "max"));
        for (DataSummary summary : summaries) {
            List<String> row = new ArrayList<>(List.of(summary.name()));
            for (DataSummary.Lengths lengths : List.of(summary.queries(), summary.passages())) {
                row.addAll(List.of(whole(lengths.median()), whole(lengths.p95()), whole(lengths.max())));
            }
            grid.row(row);
        }
        return grid.render();
    }

    /** Pairs of each query language (rows) and passage language (columns), or of each language where those are many. */
    public static String languages(DataSummary summary) {
        Set<String> columns = new TreeSet<>();
        summary.languages().values().forEach(row -> columns.addAll(row.keySet()));
        return columns.size() <= LANGUAGES_ABREAST ? matrix(summary, columns) : list(summary, columns);
    }

    private static String matrix(DataSummary summary, Set<String> columns) {
        TextGrid grid = new TextGrid();
        List<String> head = new ArrayList<>(List.of("query \\ passage"));
        head.addAll(columns);
        grid.row(head);
        summary.languages().forEach((language, counts) -> {
            List<String> row = new ArrayList<>(List.of(language));
            columns.forEach(column -> row.add(count(counts.getOrDefault(column, 0))));
            grid.row(row);
        });
        return grid.render();
    }

    private static String list(DataSummary summary, Set<String> passageLanguages) {
        Set<String> languages = new TreeSet<>(passageLanguages);
        languages.addAll(summary.languages().keySet());
        TextGrid grid = new TextGrid();
        grid.row(List.of("language", "monolingual", "queries", "passages"));
        for (String language : languages) {
            Map<String, Integer> row = summary.languages().getOrDefault(language, Map.of());
            grid.row(List.of(
                    language,
                    count(row.getOrDefault(language, 0)),
                    count(row.values().stream().mapToInt(Integer::intValue).sum()),
                    count(summary.languages().values().stream()
                            .mapToInt(counts -> counts.getOrDefault(language, 0))
                            .sum())));
        }
        return grid.render();
    }

    /** What was found, with examples, or that nothing was. */
    public static String leakage(LeakageReport report) {
        if (!report.found()) {
            return "No passage or question of " + report.collection() + " stands in the data.\n";
        }
        TextGrid grid = new TextGrid();
        grid.row(List.of("found in the data", "of", "exactly", "nearly"));
        grid.row(row("passages", report.passages()));
        grid.row(row("questions", report.questions()));
        StringBuilder text = new StringBuilder("Leakage: the data holds texts of " + report.collection() + "\n");
        text.append(grid.render());
        report.pairs().forEach((set, pairs) -> text.append("in pairs of ")
                .append(set)
                .append(": ")
                .append(count(pairs))
                .append('\n'));
        report.examples()
                .forEach(example -> text.append(
                        String.format(Locale.ROOT, "%3.0f %% of %s%n", Math.floor(100 * example.share()), example)));
        return text.toString();
    }

    private static List<String> row(String name, LeakageReport.Found found) {
        return List.of(name, whole(found.of()), count(found.exact()), count(found.near()));
    }

    private static String whole(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String count(int number) {
        return number == 0 ? NOTHING : whole(number);
    }
}
