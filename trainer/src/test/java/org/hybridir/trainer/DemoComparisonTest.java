package org.hybridir.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;
import org.junit.jupiter.api.Test;

class DemoComparisonTest {
    /** Means that say where they are from: 0.1 for the first setting, 0.2 for the second, 0.3 for the third. */
    private static Report report(double more, double distance) {
        Map<Setting, Report.Result> settings = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            double mean = (setting.ordinal() + 1) / 10. + more;
            Report.Row row = new Report.Row(Map.of("AP", mean, "RankDistance", distance), 1, 0, Map.of());
            settings.put(setting, new Report.Result(row, 1, Map.of(), Map.of()));
        }
        return new Report(
                List.of("de"),
                List.of("AP", "RankDistance"),
                Map.of("de", 1),
                Map.of("de", 1),
                settings,
                Optional.empty());
    }

    @Test
    void putsBeforeAboveAfter() {
        assertEquals("""
                mAP             monolingual  cross-lingual  multilingual  rank distance
                before: raw          0.1000         0.2000        0.3000        1,234.5
                after: trained       0.4321         0.5321        0.6321           12.0
                """, DemoComparison.table("raw", report(0, 1234.5), "trained", report(.33211, 12)));
    }

    /** The first three, cut to ninety characters: one from beyond the first plane counts as one. */
    @Test
    void cutsPassages() {
        List<DemoIndex.Hit> hits = List.of(
                new DemoIndex.Hit(.9, "fr", "Le Nil", true),
                new DemoIndex.Hit(.8, "el", "\uD83D\uDE00".repeat(90), false),
                new DemoIndex.Hit(.7, "es", "x".repeat(91), false),
                new DemoIndex.Hit(.6, "en", "The fourth", true));
        assertEquals(
                List.of(
                        "before",
                        "  * fr  Le Nil",
                        "    el  " + "\uD83D\uDE00".repeat(90),
                        "    es  " + "x".repeat(90) + "..."),
                DemoComparison.passages("before", hits));
    }
}
