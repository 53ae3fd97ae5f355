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
    private double[][] values;
    private int rankings;
    private int leftOut;

    Tally(List<Measure> measures) {
        this.measures = measures;
        this.values = new double[measures.size()][16];
    }

    /** @param ranks as in {@link RelevantRanks}, or empty: then the question is left out */
    void add(int[] ranks, int poolSize) {
        if (ranks.length == 0) {
            leftOut++;
            return;
        }
        RelevantRanks ranking = new RelevantRanks(ranks, poolSize);
        for (int i = 0; i < measures.size(); i++) {
            if (rankings == values[i].length) {
                values[i] = Arrays.copyOf(values[i], 2 * rankings);
            }
            values[i][rankings] = measures.get(i).of(ranking);
        }
        rankings++;
    }

    Report.Row row() {
        Map<String, Double> means = new LinkedHashMap<>();
        for (int i = 0; i < measures.size() && rankings > 0; i++) {
            means.put(measures.get(i).name(), mean(Arrays.copyOf(values[i], rankings)));
        }
        return new Report.Row(means, rankings, leftOut);
    }

    private static double mean(double[] values) {
        Arrays.sort(values);
        return Arrays.stream(values).sum() / values.length;
    }
}
