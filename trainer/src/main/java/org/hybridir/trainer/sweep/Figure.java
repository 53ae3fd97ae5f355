package org.hybridir.trainer.sweep;

import java.util.Locale;
import java.util.OptionalDouble;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;

/** The numbers by which a sweep's tables tell a run. */
enum Figure {
    MONOLINGUAL(Setting.MONOLINGUAL, "AP", "monolingual mAP", "%.3f"),
    CROSS_LINGUAL(Setting.CROSS_LINGUAL, "AP", "cross-lingual mAP", "%.3f"),
    MULTILINGUAL(Setting.MULTILINGUAL, "AP", "multilingual mAP", "%.3f"),
    /** Lower is better. */
    RANK_DISTANCE(Setting.MULTILINGUAL, "RankDistance", "rank distance", "%.1f"),
    MONOLINGUAL_RECALL(Setting.MONOLINGUAL, "R@1", "monolingual R@1", "%.3f"),
    CROSS_LINGUAL_RECALL(Setting.CROSS_LINGUAL, "R@1", "cross-lingual R@1", "%.3f"),
    MULTILINGUAL_RECALL(Setting.MULTILINGUAL, "R@10", "multilingual R@10", "%.3f");

    private final Setting setting;
    private final String measure;
    private final String title;
    private final String format;

    Figure(Setting setting, String measure, String title, String format) {
        this.setting = setting;
        this.measure = measure;
        this.title = title;
        this.format = format;
    }

    String title() {
        return title;
    }

    /** In JSON. */
    String key() {
        return title.replace(' ', '_').replace('-', '_');
    }

    /** Empty if no question has a relevant passage in the setting. */
    OptionalDouble of(Report report) {
        Double mean = report.settings().get(setting).mean().means().get(measure);
        return mean == null ? OptionalDouble.empty() : OptionalDouble.of(mean);
    }

    String show(double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
