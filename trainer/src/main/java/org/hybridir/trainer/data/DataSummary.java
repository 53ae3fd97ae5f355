package org.hybridir.trainer.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * A data set, or all of them together, in numbers.
 *
 * @param name of the data set, or what stands for all
 * @param pairs how many
 * @param monolingual those of one language
 * @param languages how many pairs have a query language (outer key) and a passage language (inner key)
 * @param duplicates pairs whose query and passage a pair before has too
 * @param clusters {@link Parallels#clusters()}: at most so many pairs fit into one batch
 * @param largestCluster pairs in the largest of them, of which a batch can hold one
 * @param unit of the lengths
 * @param queries lengths of the queries, pair by pair
 * @param passages lengths of the passages, pair by pair
 */
public record DataSummary(
        String name,
        int pairs,
        int monolingual,
        Map<String, Map<String, Integer>> languages,
        int duplicates,
        int clusters,
        int largestCluster,
        String unit,
        Lengths queries,
        Lengths passages) {
    /** How many units half of the texts, and 95 % of them, at most have, and the longest. */
    public record Lengths(int median, int p95, int max) {
        static Lengths of(List<Pair> pairs, ToIntFunction<Pair> length) {
            int[] lengths = pairs.stream().mapToInt(length).sorted().toArray();
            return new Lengths(rank(lengths, 0.5), rank(lengths, 0.95), lengths[lengths.length - 1]);
        }

        /** The smallest that at least this share does not exceed. */
        private static int rank(int[] sorted, double share) {
            return sorted[(int) Math.ceil(share * sorted.length) - 1];
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("median", median);
            map.put("p95", p95);
            map.put("max", max);
            return map;
        }
    }

    /** Counts what is in the data. */
    public static DataSummary of(String name, TrainingData data, TextLength length) {
        List<Pair> pairs = data.all();
        int[] clusters = new int[data.parallels().clusters()];
        for (int pair = 0; pair < pairs.size(); pair++) {
            clusters[data.parallels().cluster(pair)]++;
        }
        return new DataSummary(
                name,
                pairs.size(),
                (int) pairs.stream().filter(Pair::monolingual).count(),
                languages(pairs),
                duplicates(pairs),
                clusters.length,
                Arrays.stream(clusters).max().orElse(0),
                length.unit(),
                Lengths.of(pairs, pair -> length.of().applyAsInt(pair.query())),
                Lengths.of(pairs, pair -> length.of().applyAsInt(pair.passage())));
    }

    private static Map<String, Map<String, Integer>> languages(List<Pair> pairs) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        pairs.forEach(pair -> counts.computeIfAbsent(pair.queryLanguage(), language -> new TreeMap<>())
                .merge(pair.passageLanguage(), 1, Integer::sum));
        return counts;
    }

    private static int duplicates(List<Pair> pairs) {
        Set<List<String>> seen = new HashSet<>();
        return (int) pairs.stream()
                .filter(pair -> !seen.add(List.of(pair.query(), pair.passage())))
                .count();
    }

    /** Plain maps, strings and numbers. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("pairs", pairs);
        map.put("monolingual", monolingual);
        map.put("cross_lingual", pairs - monolingual);
        map.put("languages", languages);
        map.put("duplicates", duplicates);
        map.put("clusters", clusters);
        map.put("largest_cluster", largestCluster);
        map.put("unit", unit);
        map.put("query_lengths", queries.toMap());
        map.put("passage_lengths", passages.toMap());
        return map;
    }
}
