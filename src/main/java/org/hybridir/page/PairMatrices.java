package org.hybridir.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hybridir.chart.ShadedMatrix;
import org.hybridir.measure.PlainMap;
import org.hybridir.measure.Report;

/** How well questions of each language find passages of each language, for several results side by side. */
public final class PairMatrices {
    private PairMatrices() {}

    /**
     * Draws the first measure of the first result, on one scale for all.
     *
     * @param results name to what the node's {@code _evaluate} answers or {@code hybrid-ir evaluate --json} writes
     * @return an SVG file
     * @throws IllegalArgumentException if a result has no values of this measure by pairs of languages
     */
    public static String svg(Map<String, Map<String, Object>> results) {
        List<ShadedMatrix> matrices = new ArrayList<>();
        String measure = report(results.values().iterator().next()).measures().get(0);
        results.forEach(
                (name, result) -> matrices.add(
                        new ShadedMatrix(
                                name,
                                MeasureSections.pairs(report(result), measure)
                                        .orElseThrow(
                                                () -> new IllegalArgumentException(
                                                        "result [" + name + "] has no [" + measure
                                                                + "] by pairs of languages; evaluate it with this measure, in the setting cross_lingual")))));
        return ShadedMatrix.svg(
                matrices,
                MeasureSections.ofPairs(measure) + ", all on one scale",
                value -> Numbers.measure(measure, value));
    }

    private static Report report(Map<String, Object> result) {
        return Report.fromMap(new PlainMap("a result of an evaluation", result)
                .child("report")
                .map());
    }
}
