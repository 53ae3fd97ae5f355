package org.hybridir.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What stands first when each question is asked against all languages' passages: whose language, and whether it is the same
 * whatever language the question is asked in.
 *
 * @param cutOff k, how many places of each ranking were looked at
 * @param shares question language, then passage language: the share of the first k places of all its questions' rankings
 * @param poolShares the share of each language's passages in the pool, which shares are to be compared with
 * @param rankCorrelation MRC@k: the mean of {@link RankCorrelation} over questions; empty if no question was asked in two
 *     languages
 * @param correlatedQuestions how many questions were asked in two languages or more
 */
public record TopLanguages(
        int cutOff,
        Map<String, Map<String, Double>> shares,
        Map<String, Double> poolShares,
        OptionalDouble rankCorrelation,
        int correlatedQuestions) {
    public TopLanguages {
        Map<String, Map<String, Double>> copy = new LinkedHashMap<>();
        shares.forEach((language, line) -> copy.put(language, Report.frozen(line)));
        shares = Collections.unmodifiableMap(copy);
        poolShares = Report.frozen(poolShares);
    }

    Map<String, Object> toMap() {
        Map<String, Object> correlation = new LinkedHashMap<>();
        rankCorrelation.ifPresent(mean -> correlation.put("mean", mean));
        correlation.put("questions", correlatedQuestions);
        Map<String, Object> lines = new LinkedHashMap<>();
        shares.forEach((language, line) -> lines.put(language, new LinkedHashMap<>(line)));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cut_off", cutOff);
        map.put("shares", lines);
        map.put("pool_shares", new LinkedHashMap<>(poolShares));
        map.put("rank_correlation", correlation);
        return map;
    }

    static TopLanguages fromMap(PlainMap map) {
        PlainMap lines = map.child("shares");
        Map<String, Map<String, Double>> shares = new LinkedHashMap<>();
        lines.keys()
                .forEach(language -> shares.put(language, lines.child(language).doubles()));
        PlainMap correlation = map.child("rank_correlation");
        return new TopLanguages(
                map.count("cut_off"),
                shares,
                map.child("pool_shares").doubles(),
                correlation.has("mean")
                        ? OptionalDouble.of(correlation.number("mean").doubleValue())
                        : OptionalDouble.empty(),
                correlation.count("questions"));
    }
}
