package org.hybridir.trainer.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.hybridir.encoder.TextRole;
import org.hybridir.encoder.Tokens;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.data.Parallels;
import org.hybridir.trainer.data.TrainingData.HeldOut;
import org.hybridir.trainer.model.DualEncoder;

/**
 * Measures an encoder on held-out pairs while it is trained. Each query has one relevant passage, its pair's, so that its
 * average precision is one over that passage's rank. Passages that are parallel to it, and those of pairs with the same query,
 * are as right as it is: they take no part in that query's ranking.
 */
final class Validation {
    private final List<HeldOut> pairs;
    /** Numbers of pairs. */
    private final List<List<Integer>> batches;

    /**
     * @param pairs held out, of at least two clusters
     * @param batchSize as in training
     */
    Validation(List<HeldOut> pairs, int batchSize) {
        this.pairs = List.copyOf(pairs);
        this.batches = batches(pairs, batchSize);
        if (batches.isEmpty()) {
            throw new IllegalArgumentException("the [" + pairs.size()
                    + "] validation pairs are all parallel to each other, so they make no batch; hold out more");
        }
    }

    /** As in training no two of a batch are parallel: rounds of one pair of each cluster, cut into batches. */
    private static List<List<Integer>> batches(List<HeldOut> pairs, int batchSize) {
        List<Integer> all = IntStream.range(0, pairs.size()).boxed().toList();
        List<List<Integer>> rounds =
                Parallels.rounds(all, pair -> pairs.get(pair).cluster());
        List<List<Integer>> batches = new ArrayList<>();
        for (List<Integer> round : rounds) {
            for (int from = 0; from + 1 < round.size(); from += batchSize) {
                batches.add(round.subList(from, Math.min(round.size(), from + batchSize)));
            }
        }
        return batches;
    }

    ValidationReport measure(DualEncoder encoder, long step) {
        float[][] queries = vectors(encoder, TextRole.QUERY);
        float[][] passages = vectors(encoder, TextRole.PASSAGE);
        Map<String, Double> map = new LinkedHashMap<>();
        addMap("monolingual", Pair::monolingual, queries, passages, map);
        addMap("cross_lingual", pair -> !pair.monolingual(), queries, passages, map);
        double loss = batches.stream()
                .mapToDouble(batch -> encoder.loss(some(queries, batch), some(passages, batch)))
                .average()
                .orElseThrow();
        double batchMap = batches.stream()
                .mapToDouble(batch -> batch.stream()
                        .mapToDouble(query -> precision(query, batch, queries, passages))
                        .average()
                        .orElseThrow())
                .average()
                .orElseThrow();
        return new ValidationReport(step, loss, batchMap, map);
    }

    private float[][] vectors(DualEncoder encoder, TextRole role) {
        List<Tokens> texts = pairs.stream()
                .map(HeldOut::pair)
                .map(pair -> encoder.tokenize(role == TextRole.QUERY ? pair.query() : pair.passage(), role))
                .toList();
        return encoder.vectors(texts);
    }

    private static float[][] some(float[][] vectors, List<Integer> numbers) {
        return numbers.stream().map(number -> vectors[number]).toArray(float[][]::new);
    }

    private void addMap(
            String kind, Predicate<Pair> isOfKind, float[][] queries, float[][] passages, Map<String, Double> map) {
        List<Integer> all = IntStream.range(0, pairs.size()).boxed().toList();
        all.stream()
                .filter(query -> isOfKind.test(pairs.get(query).pair()))
                .mapToDouble(query -> precision(query, all, queries, passages))
                .average()
                .ifPresent(mean -> map.put(kind, mean));
    }

    /** 1 / rank of a query's passage among some; one that scores the same comes before it. */
    private double precision(int query, List<Integer> among, float[][] queries, float[][] passages) {
        double relevant = dot(queries[query], passages[query]);
        long before = among.stream()
                .filter(passage -> isNegative(passage, query) && dot(queries[query], passages[passage]) >= relevant)
                .count();
        return 1.0 / (1 + before);
    }

    private boolean isNegative(int passage, int query) {
        HeldOut one = pairs.get(passage);
        HeldOut other = pairs.get(query);
        return one.cluster() != other.cluster()
                && !one.pair().query().equals(other.pair().query());
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
