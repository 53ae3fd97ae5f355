package org.hybridir.measure;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The measures of one question as trec_eval defines them, written apart from ours: down a whole list of passages, with a
 * table of judgements beside it.
 *
 * @param ranked ids, best first; judged passages may be missing
 * @param judgements grade by id, 0 for what is not relevant
 */
public record TrecEval(List<String> ranked, Map<String, Integer> judgements) {
    private int grade(int place) {
        return judgements.getOrDefault(ranked.get(place), 0);
    }

    private int relevant() {
        return (int) judgements.values().stream().filter(grade -> grade > 0).count();
    }

    private int relevantAmong(int k) {
        return (int) IntStream.range(0, Math.min(k, ranked.size()))
                .filter(place -> grade(place) > 0)
                .count();
    }

    /** One of: map, recip_rank, ndcg, ndcg_cut, recall, P, success. */
    public double measure(String name, int k) {
        return switch (name) {
            case "map" -> map();
            case "recip_rank" -> reciprocalRank();
            case "ndcg" -> ndcg(Integer.MAX_VALUE);
            case "ndcg_cut" -> ndcg(k);
            case "recall" -> relevantAmong(k) / (double) relevant();
            case "P" -> relevantAmong(k) / (double) k;
            case "success" -> relevantAmong(k) > 0 ? 1 : 0;
            default -> throw new AssertionError(name);
        };
    }

    private double map() {
        double sum = 0;
        for (int place = 0; place < ranked.size(); place++) {
            if (grade(place) > 0) {
                sum += relevantAmong(place + 1) / (place + 1.0);
            }
        }
        return sum / relevant();
    }

    private double reciprocalRank() {
        for (int place = 0; place < ranked.size(); place++) {
            if (grade(place) > 0) {
                return 1.0 / (place + 1);
            }
        }
        return 0;
    }

    private double ndcg(int k) {
        List<Integer> gains =
                IntStream.range(0, ranked.size()).map(this::grade).boxed().toList();
        List<Integer> ideal =
                judgements.values().stream().sorted(Collections.reverseOrder()).toList();
        return dcg(gains, k) / dcg(ideal, k);
    }

    private static double dcg(List<Integer> gains, int k) {
        double sum = 0;
        for (int place = 0; place < Math.min(k, gains.size()); place++) {
            sum += gains.get(place) / (Math.log(place + 2) / Math.log(2));
        }
        return sum;
    }
}
