package org.hybridir.opensearch.evaluate.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hybridir.measure.Hit;

/**
 * Makes one ranking of several: a passage's score is the sum, over the rankings that have it, of 1 / (rank constant + rank),
 * the first rank being 1 (Cormack, Clarke and Buettcher, 2009). Scores of different kinds are never compared; a ranking that
 * lacks the passage adds nothing.
 */
final class ReciprocalRankFusion {
    private ReciprocalRankFusion() {}

    /** The first k passages of the fused ranking; equal scores stand in the order of every ranking, by id. */
    static List<Hit> fuse(List<List<Hit>> rankings, int rankConstant, int k) {
        Map<String, Double> sums = new HashMap<>();
        Map<String, Hit> hits = new HashMap<>();
        for (List<Hit> ranking : rankings) {
            for (int place = 0; place < ranking.size(); place++) {
                Hit hit = ranking.get(place);
                sums.merge(hit.id(), 1.0 / (rankConstant + place + 1), Double::sum);
                hits.put(hit.id(), hit);
            }
        }
        // As a float: the last bits of a sum depend on its order, and equal sums shall tie.
        List<Hit> fused = hits.values().stream()
                .map(hit -> new Hit(hit.id(), hit.language(), sums.get(hit.id()).floatValue()))
                .toList();
        return Hit.merge(List.of(fused), k);
    }
}
