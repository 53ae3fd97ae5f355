package org.hybridir.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hybridir.measure.AveragePrecision;
import org.hybridir.measure.RankDistance;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;
import org.hybridir.measure.TextGrid;

/** An encoder before and after its fine-tuning, side by side, as plain text. */
final class DemoComparison {
    /** Passages shown of each, and characters of each passage. */
    private static final int SHOWN = 3;

    private static final int LONGEST = 90;

    private DemoComparison() {}

    /** mAP in the three settings and the rank distance, a line for each report. */
    static String table(String before, Report beforeReport, String after, Report afterReport) {
        TextGrid grid = new TextGrid();
        List<String> head = new ArrayList<>(List.of("mAP"));
        for (Setting setting : Setting.values()) {
            head.add(setting.key().replace('_', '-'));
        }
        head.add("rank distance");
        grid.row(head);
        grid.row(row("before: " + before, beforeReport));
        grid.row(row("after: " + after, afterReport));
        return grid.render();
    }

    private static List<String> row(String title, Report report) {
        List<String> row = new ArrayList<>(List.of(title));
        for (Setting setting : Setting.values()) {
            row.add(String.format(Locale.ROOT, "%.4f", mean(report, setting, new AveragePrecision().name())));
        }
        row.add(String.format(Locale.ROOT, "%,.1f", mean(report, Setting.MULTILINGUAL, new RankDistance().name())));
        return row;
    }

    private static double mean(Report report, Setting setting, String measure) {
        return report.settings().get(setting).mean().means().get(measure);
    }

    /** The first passages that each found, cut to a line. */
    static List<String> passages(String title, List<DemoIndex.Hit> hits) {
        List<String> lines = new ArrayList<>(List.of(title));
        hits.stream().limit(SHOWN).forEach(hit -> lines.add("  " + hit.mark() + "  " + cut(hit.text())));
        return lines;
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "...";
    }
}
