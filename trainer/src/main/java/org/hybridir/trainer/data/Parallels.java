package org.hybridir.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Which pairs must not be each other's negatives. Passages of pairs that share a group say the same in other languages, so
 * they are parallel, and so is what is parallel to one of them: together they make a cluster. Two pairs of one cluster have
 * the same passage, parallel passages or the same group; two pairs of different clusters have none of these. Nor must a hard
 * negative of one be a passage of the other's cluster.
 *
 * <p>Pairs are counted from 0 through the data sets in order. The same text is the same passage in whatever data set.
 */
public final class Parallels {
    private static final int[] NONE = {};

    private final int[] cluster;
    private final int[] query;
    private final int[][] negatives;
    private final int clusters;

    private Parallels(int[] cluster, int[] query, int[][] negatives, int clusters) {
        this.cluster = cluster;
        this.query = query;
        this.negatives = negatives;
        this.clusters = clusters;
    }

    static Parallels of(List<DataSet> sets) {
        int size = sets.stream().mapToInt(set -> set.pairs().size()).sum();
        Map<String, Integer> passageNumbers = new HashMap<>();
        Map<String, Integer> queryNumbers = new HashMap<>();
        int[] passage = new int[size];
        int[] query = new int[size];
        // a passage of each group, to which the others are joined
        int[] first = new int[size];
        int at = 0;
        for (DataSet set : sets) {
            Map<String, Integer> groups = new HashMap<>();
            for (Pair pair : set.pairs()) {
                passage[at] = number(passageNumbers, pair.passage());
                query[at] = number(queryNumbers, pair.query());
                Integer earlier = groups.putIfAbsent(pair.group(), passage[at]);
                first[at] = earlier == null ? passage[at] : earlier;
                at++;
            }
        }
        int[] clusterOf = clusters(passage, first, passageNumbers.size());
        return new Parallels(
                Arrays.stream(passage).map(number -> clusterOf[number]).toArray(),
                query,
                negatives(sets, passageNumbers, clusterOf),
                Arrays.stream(clusterOf).max().orElse(-1) + 1);
    }

    /** For each pair, the clusters of its hard negatives that are passages of some pair. */
    private static int[][] negatives(List<DataSet> sets, Map<String, Integer> passages, int[] clusterOf) {
        return sets.stream()
                .flatMap(set -> set.pairs().stream())
                .map(pair -> pair.negatives().isEmpty()
                        ? NONE
                        : pair.negatives().stream()
                                .filter(passages::containsKey)
                                .mapToInt(negative -> clusterOf[passages.get(negative)])
                                .toArray())
                .toArray(int[][]::new);
    }

    private static int number(Map<String, Integer> numbers, String text) {
        Integer known = numbers.putIfAbsent(text, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    /**
     * For each passage the number of its cluster; clusters are numbered as pairs come to them.
     *
     * @param first for each pair the passage that its own is joined to
     */
    private static int[] clusters(int[] passage, int[] first, int passages) {
        int[] parent = new int[passages];
        for (int i = 0; i < passages; i++) {
            parent[i] = i;
        }
        for (int pair = 0; pair < passage.length; pair++) {
            parent[root(parent, passage[pair])] = root(parent, first[pair]);
        }
        int[] names = new int[passages];
        int[] clusters = new int[passages];
        int named = 0;
        for (int number : passage) {
            int root = root(parent, number);
            if (names[root] == 0) {
                names[root] = ++named;
            }
            clusters[number] = names[root] - 1;
        }
        return clusters;
    }

    /** Halves the path as it goes. */
    private static int root(int[] parent, int node) {
        int at = node;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    /**
     * Deals pairs in rounds: each cluster's first pair in the first round, its second in the second. No two of a round are of
     * one cluster; they keep their order.
     *
     * @param clusterOf the cluster of each of these
     */
    public static List<List<Integer>> rounds(List<Integer> pairs, IntUnaryOperator clusterOf) {
        List<List<Integer>> rounds = new ArrayList<>();
        Map<Integer, Integer> dealt = new HashMap<>();
        for (int pair : pairs) {
            int round = dealt.merge(clusterOf.applyAsInt(pair), 1, Integer::sum) - 1;
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(pair);
        }
        return rounds;
    }

    /** The number, from 0, of the cluster that a pair's passage is in. */
    public int cluster(int pair) {
        return cluster[pair];
    }

    /** How many clusters there are. */
    public int clusters() {
        return clusters;
    }

    /** The clusters of a pair's hard negatives; those that are no pair's passage have none. */
    public int[] negatives(int pair) {
        return negatives[pair];
    }

    /**
     * Whether two pairs would give a false negative: passages of one cluster, the same query text, or a hard negative of one
     * in the cluster of the other.
     */
    public boolean conflict(int one, int other) {
        return cluster[one] == cluster[other]
                || query[one] == query[other]
                || isNegative(one, other)
                || isNegative(other, one);
    }

    private boolean isNegative(int of, int pair) {
        return Arrays.stream(negatives[of]).anyMatch(negative -> negative == cluster[pair]);
    }

    /** The number, from 0, of a pair's query; the same text has the same number. */
    public int query(int pair) {
        return query[pair];
    }
}
