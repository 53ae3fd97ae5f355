package org.hybridir.measure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of each measure for one question language against one pool. All are kept, eight bytes each, because a sum of
 * doubles depends on its order: they are sorted before they are summed, and then a report does not depend on threads.
 */
final class Tally {
    private final List<Measure> measures;
    private final Setting setting;
    /** [measure][ranking], {@link Measure#NO_VALUE} included. */
    private final double[][] values;

    private int rankings;
    private int leftOut;

    Tally(List<Measure> measures, Setting setting) {
        this.measures = measures;
        this.setting = setting;
        this.values = new double[measures.size()][16];
    }

    /** @param ofMeasures one value for each measure */
    void add(double[] ofMeasures) {
        for (int i = 0; i < values.length; i++) {
            if (rankings == values[i].length) {
                values[i] = Arrays.copyOf(values[i], 2 * rankings);
            }
            values[i][rankings] = ofMeasures[i];
        }
        rankings++;
    }

    /** A question has no relevant passage in the pool. */
    void leaveOut() {
        leftOut++;
    }

    Report.Row row() {
        Map<String, Double> means = new LinkedHashMap<>();
        Map<String, Integer> withoutValue = new LinkedHashMap<>();
        for (int i = 0; i < measures.size(); i++) {
            Measure measure = measures.get(i);
            double[] known = Arrays.stream(values[i], 0, rankings)
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray();
            if (known.length > 0) {
                means.put(measure.name(), Arrays.stream(known).sum() / known.length);
            }
            if (known.length < rankings && measure.in(setting)) {
                withoutValue.put(measure.name(), rankings - known.length);
            }
        }
        return new Report.Row(means, rankings, leftOut, withoutValue);
    }
}
