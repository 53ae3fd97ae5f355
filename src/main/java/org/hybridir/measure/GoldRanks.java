package org.hybridir.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far down the relevant passages of each language stand in the multilingual pool, over all questions.
 *
 * @param counts by the relevant passages' language: how many have a rank up to the first bound, between the first and the
 *     second, and so on; the last number counts those behind all bounds and those that were not retrieved
 */
public record GoldRanks(Map<String, List<Integer>> counts) {
    /** Upper bounds of the ranks that are counted together. */
    public static final List<Integer> BOUNDS = List.of(1, 5, 10, 50, 100, 500, 1000, 5000);

    public GoldRanks {
        Map<String, List<Integer>> copy = new LinkedHashMap<>();
        counts.forEach((language, numbers) -> {
            if (numbers.size() != BOUNDS.size() + 1) {
                throw new IllegalArgumentException("ranks of language [" + language + "] are counted in ["
                        + numbers.size() + "] parts, needed are [" + (BOUNDS.size() + 1) + "]");
            }
            copy.put(language, List.copyOf(numbers));
        });
        counts = Collections.unmodifiableMap(copy);
    }

    /** The place of a rank among the counts. */
    static int bucket(int rank) {
        int bucket = 0;
        while (bucket < BOUNDS.size() && rank > BOUNDS.get(bucket)) {
            bucket++;
        }
        return bucket;
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("bounds", BOUNDS);
        map.put("counts", new LinkedHashMap<>(counts));
        return map;
    }

    static GoldRanks fromMap(PlainMap map) {
        PlainMap lines = map.child("counts");
        Map<String, List<Integer>> counts = new LinkedHashMap<>();
        for (String language : lines.keys()) {
            List<Integer> line = new ArrayList<>();
            lines.numbers(language).forEach(number -> line.add(number.intValue()));
            counts.put(language, line);
        }
        return new GoldRanks(counts);
    }
}
