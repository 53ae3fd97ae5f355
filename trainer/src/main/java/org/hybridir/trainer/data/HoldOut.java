package org.hybridir.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Draws the pairs that validate: of each data set as many as its weight says, since so often it is trained on, and of a cluster
 * of parallel pairs as few as can be, since they are no negatives of each other.
 */
final class HoldOut {
    /** A cluster with more than this part of all pairs is not held out: training would lose too much. */
    private static final double LARGEST_CLUSTER = 0.1;
    /** No cluster gives more than this part of the validation pairs, so that they come from many texts. */
    private static final int CLUSTERS_AT_LEAST = 50;
    /** Part of a data set's clusters that are held out before one gives a second pair. */
    private static final int CLUSTERS_PART = 10;

    private final TrainingData data;
    private final Parallels parallels;
    private final int most;
    private final BitSet clusters = new BitSet();
    private final List<Integer> pairs = new ArrayList<>();

    /** @param wanted how many pairs; there may be fewer */
    HoldOut(TrainingData data, int wanted, long seed) {
        this.data = data;
        this.parallels = data.parallels();
        this.most = Math.max(4, wanted / CLUSTERS_AT_LEAST);
        Random random = new Random(seed);
        List<List<List<Integer>>> candidates = candidates();
        candidates.forEach(set -> shuffle(set, random));
        int[] shares = shares(wanted);
        for (int set = 0; set < shares.length; set++) {
            take(candidates.get(set), shares[set]);
        }
        // in the place of what small data sets could not give
        candidates.forEach(set -> take(set, wanted - pairs.size()));
    }

    /** Numbers of the pairs, ascending. */
    List<Integer> pairs() {
        return pairs.stream().sorted().toList();
    }

    /** All clusters that they are of. */
    BitSet clusters() {
        return clusters;
    }

    /** For each data set the clusters that may be held out, each with the pairs that it has in that set. */
    private List<List<List<Integer>>> candidates() {
        int[] sizes = new int[parallels.clusters()];
        for (int pair = 0; pair < data.size(); pair++) {
            sizes[parallels.cluster(pair)]++;
        }
        List<List<List<Integer>>> candidates = new ArrayList<>();
        int at = 0;
        for (DataSet set : data.sets()) {
            Map<Integer, List<Integer>> own = new TreeMap<>();
            for (int end = at + set.pairs().size(); at < end; at++) {
                int cluster = parallels.cluster(at);
                if (sizes[cluster] == 1 || sizes[cluster] <= LARGEST_CLUSTER * data.size()) {
                    own.computeIfAbsent(cluster, key -> new ArrayList<>()).add(at);
                }
            }
            candidates.add(new ArrayList<>(own.values()));
        }
        return candidates;
    }

    private static void shuffle(List<List<Integer>> clusters, Random random) {
        Collections.shuffle(clusters, random);
        clusters.forEach(cluster -> Collections.shuffle(cluster, random));
    }

    /** Whole numbers that add up to what is wanted, in proportion to the weights: the largest remainders are rounded up. */
    private int[] shares(int wanted) {
        double[] exact = data.sets().stream()
                .mapToDouble(set -> set.weight().orElse(set.pairs().size()))
                .toArray();
        double total = Arrays.stream(exact).sum();
        int[] shares = new int[exact.length];
        int given = 0;
        for (int set = 0; set < exact.length; set++) {
            exact[set] *= wanted / total;
            shares[set] = (int) exact[set];
            given += shares[set];
        }
        IntStream.range(0, exact.length)
                .boxed()
                .sorted(Comparator.comparing(set -> shares[set] - exact[set]))
                .limit(wanted - given)
                .forEach(set -> shares[set]++);
        return shares;
    }

    private void take(List<List<Integer>> candidates, int wanted) {
        candidates.removeIf(cluster -> clusters.get(parallels.cluster(cluster.get(0))));
        int spread = Math.min(wanted, Math.max(2, candidates.size() / CLUSTERS_PART));
        int breadth = Math.min(candidates.size(), Math.max(Math.ceilDiv(wanted, most), spread));
        int goal = pairs.size() + wanted;
        takeRounds(candidates.subList(0, breadth), goal);
        for (List<Integer> further : candidates.subList(breadth, candidates.size())) {
            takeRounds(List.of(further), goal);
        }
    }

    /** One pair of each cluster, then another, until there are enough. */
    private void takeRounds(List<List<Integer>> some, int goal) {
        for (int round = 0; round < most; round++) {
            for (List<Integer> cluster : some) {
                if (round < cluster.size() && pairs.size() < goal) {
                    pairs.add(cluster.get(round));
                    clusters.set(parallels.cluster(cluster.get(round)));
                }
            }
        }
    }
}
