package org.hybridir.trainer.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.hybridir.encoder.TextRole;
import org.hybridir.encoder.Tokens;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.model.DualEncoder;

/**
 * Measures an encoder on held-out pairs while it is trained. Each query has one relevant passage, its pair's, so that its
 * average precision is one over that passage's rank.
 */
final class Validation {
    private final List<Pair> pairs;
    private final int batchSize;

    /**
     * @param pairs held out, of families of their own
     * @param batchSize as in training
     */
    Validation(List<Pair> pairs, int batchSize) {
        this.pairs = List.copyOf(pairs);
        this.batchSize = batchSize;
    }

    ValidationReport measure(DualEncoder encoder, long step) {
        float[][] queries = vectors(encoder, TextRole.QUERY);
        float[][] passages = vectors(encoder, TextRole.PASSAGE);
        Map<String, Double> map = new LinkedHashMap<>();
        addMap("monolingual", Pair::monolingual, queries, passages, map);
        addMap("cross_lingual", pair -> !pair.monolingual(), queries, passages, map);
        double loss = 0;
        double batchMap = 0;
        int batches = 0;
        for (int from = 0; from + 1 < pairs.size(); from += batchSize) {
            int end = Math.min(pairs.size(), from + batchSize);
            float[][] some = Arrays.copyOfRange(queries, from, end);
            float[][] theirs = Arrays.copyOfRange(passages, from, end);
            loss += encoder.loss(some, theirs);
            batchMap += meanPrecision(some, theirs, 0, end - from);
            batches++;
        }
        return new ValidationReport(step, loss / batches, batchMap / batches, map);
    }

    private float[][] vectors(DualEncoder encoder, TextRole role) {
        List<Tokens> texts = pairs.stream()
                .map(pair -> encoder.tokenize(role == TextRole.QUERY ? pair.query() : pair.passage(), role))
                .toList();
        return encoder.vectors(texts);
    }

    private void addMap(
            String kind, Predicate<Pair> isOfKind, float[][] queries, float[][] passages, Map<String, Double> map) {
        List<Double> precisions = new ArrayList<>();
        for (int query = 0; query < queries.length; query++) {
            if (isOfKind.test(pairs.get(query))) {
                precisions.add(meanPrecision(queries, passages, query, query + 1));
            }
        }
        if (!precisions.isEmpty()) {
            map.put(
                    kind,
                    precisions.stream()
                            .mapToDouble(Double::doubleValue)
                            .average()
                            .orElseThrow());
        }
    }

    /** The mean of 1 / rank over some queries; a passage that scores the same as the relevant one comes before it. */
    private static double meanPrecision(float[][] queries, float[][] passages, int first, int end) {
        double sum = 0;
        for (int query = first; query < end; query++) {
            double relevant = dot(queries[query], passages[query]);
            int rank = 1;
            for (int passage = 0; passage < passages.length; passage++) {
                rank += passage != query && dot(queries[query], passages[passage]) >= relevant ? 1 : 0;
            }
            sum += 1.0 / rank;
        }
        return sum / (end - first);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
