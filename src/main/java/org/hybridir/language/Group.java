package org.hybridir.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hybridir.measure.Report;

/**
 * The results of some languages, or some ordered pairs of languages, taken together.
 *
 * @param size of how many: those with a ranking
 * @param means by measure: the mean of their means
 */
public record Group(int size, Map<String, Double> means) {
    static Group of(List<String> measures, List<Report.Row> rows) {
        int counted = (int) rows.stream().filter(row -> row.rankings() > 0).count();
        return new Group(counted, Report.Row.meanOf(measures, rows).means());
    }

    /** @param what is counted: languages or pairs */
    Map<String, Object> toMap(String what) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(what, size);
        map.putAll(means);
        return map;
    }
}
