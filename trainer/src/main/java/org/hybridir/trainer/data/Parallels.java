package org.hybridir.trainer.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pairs must not be each other's negatives. Passages of pairs that share a group say the same in other languages, so
 * they are parallel, and so is what is parallel to one of them: together they make a cluster. Two pairs of one cluster have
 * the same passage, parallel passages or the same group; two pairs of different clusters have none of these.
 *
 * <p>Pairs are counted from 0 through the data sets in order. The same text is the same passage in whatever data set.
 */
public final class Parallels {
    private final int[] cluster;
    private final int[] query;
    private final int clusters;

    private Parallels(int[] cluster, int[] query, int clusters) {
        this.cluster = cluster;
        this.query = query;
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
        return joined(passage, query, first, passageNumbers.size());
    }

    private static int number(Map<String, Integer> numbers, String text) {
        Integer known = numbers.putIfAbsent(text, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    private static Parallels joined(int[] passage, int[] query, int[] first, int passages) {
        int[] parent = new int[passages];
        for (int i = 0; i < passages; i++) {
            parent[i] = i;
        }
        for (int pair = 0; pair < passage.length; pair++) {
            parent[root(parent, passage[pair])] = root(parent, first[pair]);
        }
        int[] names = new int[passages];
        int clusters = 0;
        int[] cluster = new int[passage.length];
        for (int pair = 0; pair < passage.length; pair++) {
            int root = root(parent, passage[pair]);
            if (names[root] == 0) {
                names[root] = ++clusters;
            }
            cluster[pair] = names[root] - 1;
        }
        return new Parallels(cluster, query, clusters);
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

    /** The number, from 0, of the cluster that a pair's passage is in. */
    public int cluster(int pair) {
        return cluster[pair];
    }

    /** How many clusters there are. */
    public int clusters() {
        return clusters;
    }

    /** Whether two pairs would give a false negative: passages of one cluster, or the same query text. */
    public boolean conflict(int one, int other) {
        return cluster[one] == cluster[other] || query[one] == query[other];
    }

    /** The number, from 0, of a pair's query; the same text has the same number. */
    public int query(int pair) {
        return query[pair];
    }
}
