package org.hybridir.trainer.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.Encoder;
import org.hybridir.measure.AveragePrecision;
import org.hybridir.measure.RankDistance;
import org.hybridir.measure.Setting;
import org.hybridir.measure.TextGrid;

/** What narrower number formats cost an encoder on a test collection, one precision after the other. */
public final class QualityComparison {
    private final TestCollection collection;
    private final Set<Setting> settings;
    private final int threads;
    private final PhaseProgress progress;
    private final List<PrecisionQuality> found = new ArrayList<>();
    private VectorComparison first;

    /** @param threads of the ranking */
    public QualityComparison(TestCollection collection, Set<Setting> settings, int threads, PhaseProgress progress) {
        this.collection = collection;
        this.settings = settings;
        this.threads = threads;
        this.progress = progress;
    }

    /** Measures an encoder in the precision in which it is open; the others are compared with the first. */
    public void add(Encoder encoder) throws IOException, InterruptedException {
        VectorComparison vectors =
                first == null ? VectorComparison.first(encoder::encode) : first.with(encoder::encode);
        OfflineResult result = new OfflineEvaluation(collection, vectors, progress)
                .run(settings, List.of(new AveragePrecision(), new RankDistance()), threads);
        first = first == null ? vectors : first;
        found.add(PrecisionQuality.of(encoder.describe(), vectors, result));
    }

    /** For JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("collection", collection.name());
        map.put("languages", collection.languages());
        map.put("precisions", found.stream().map(PrecisionQuality::toMap).toList());
        return map;
    }

    /** Two tables as plain text: each precision, and the differences of the others to the first. */
    public String render() {
        TextGrid values = new TextGrid();
        values.row(header("precision", "seconds"));
        found.forEach(quality -> values.row(row(quality)));
        TextGrid differences = new TextGrid();
        differences.row(header("minus " + found.get(0).precision(), "speed"));
        found.stream().skip(1).forEach(quality -> differences.row(difference(quality)));
        return found.size() > 1 ? values.render() + "\n" + differences.render() : values.render();
    }

    private List<String> header(String start, String end) {
        List<String> cells = new ArrayList<>(List.of(start));
        if (!start.startsWith("minus")) {
            cells.addAll(List.of("mean cosine", "least"));
        }
        found.get(0).meanAveragePrecision().keySet().forEach(setting -> cells.add("mAP " + setting.key()));
        found.get(0).rankDistance().ifPresent(distance -> cells.add("rank distance"));
        cells.add(end);
        return cells;
    }

    private static List<String> row(PrecisionQuality quality) {
        List<String> cells = new ArrayList<>(
                List.of(quality.precision(), cell("%.4f", quality.meanCosine()), cell("%.4f", quality.leastCosine())));
        quality.meanAveragePrecision().values().forEach(value -> cells.add(cell("%.4f", value)));
        quality.rankDistance().ifPresent(value -> cells.add(cell("%,.1f", value)));
        cells.add(cell("%,.1f", quality.seconds()));
        return cells;
    }

    private List<String> difference(PrecisionQuality quality) {
        PrecisionQuality base = found.get(0);
        List<String> cells = new ArrayList<>(List.of(quality.precision()));
        quality.meanAveragePrecision()
                .forEach((setting, value) -> cells.add(
                        cell("%+.4f", value - base.meanAveragePrecision().get(setting))));
        quality.rankDistance()
                .ifPresent(value ->
                        cells.add(cell("%+,.1f", value - base.rankDistance().orElseThrow())));
        cells.add(cell("x%.2f", base.seconds() / quality.seconds()));
        return cells;
    }

    private static String cell(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
