package org.hybridir.trainer.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hybridir.chart.LineChart;

/** {@code training.svg}: loss and validation over the steps, monolingual and cross-lingual apart. */
public final class TrainingChart {
    /** Losses of single batches jump; a point is the mean of about a fiftieth of the run. */
    private static final int POINTS = 50;

    private TrainingChart() {}

    /** @param lines of {@code metrics.jsonl} */
    public static String of(List<JsonNode> lines) {
        Map<String, List<double[]>> losses = new TreeMap<>();
        Map<String, List<double[]>> validation = new TreeMap<>();
        for (JsonNode line : lines) {
            double step = line.path("step").asDouble();
            for (JsonNode loss : line.path("losses")) {
                add(losses, loss.path("kind").asText(), step, loss.path("loss").asDouble());
            }
            line.properties().forEach(field -> {
                if (field.getKey().startsWith("validation_mAP_")) {
                    add(
                            validation,
                            field.getKey().substring("validation_mAP_".length()),
                            step,
                            field.getValue().asDouble());
                }
            });
        }
        return LineChart.svg(List.of(
                new LineChart("Loss of a batch", "step", lines(losses, true)),
                new LineChart("mAP over the held-out pairs", "step", lines(validation, false))));
    }

    private static void add(Map<String, List<double[]>> lines, String name, double x, double y) {
        lines.computeIfAbsent(name, key -> new ArrayList<>()).add(new double[] {x, y});
    }

    private static List<LineChart.Line> lines(Map<String, List<double[]>> points, boolean smooth) {
        List<LineChart.Line> lines = new ArrayList<>();
        points.forEach((name, all) -> {
            List<double[]> shown = smooth ? means(all) : all;
            lines.add(new LineChart.Line(
                    name.replace('_', '-'),
                    shown.stream().mapToDouble(point -> point[0]).toArray(),
                    shown.stream().mapToDouble(point -> point[1]).toArray()));
        });
        return lines;
    }

    private static List<double[]> means(List<double[]> points) {
        int together = Math.max(1, points.size() / POINTS);
        List<double[]> means = new ArrayList<>();
        for (int from = 0; from < points.size(); from += together) {
            List<double[]> some = points.subList(from, Math.min(points.size(), from + together));
            means.add(new double[] {
                some.stream().mapToDouble(point -> point[0]).average().orElseThrow(),
                some.stream().mapToDouble(point -> point[1]).average().orElseThrow()
            });
        }
        return means;
    }
}
