package org.hybridir.trainer.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node did.
 *
 * @param alone passages written while nobody searched
 * @param idle searches while nothing was written, of rising numbers of clients; one has as many as {@code loaded}
 * @param mixed passages written while clients searched
 * @param loaded these searches
 * @param offlineRate passages a second without a node; 0 if it is not known
 */
public record NodeResult(
        Crew.Result alone, List<Crew.Result> idle, Crew.Result mixed, Crew.Result loaded, double offlineRate) {
    /** How many times as long the slowest hundredth of searches takes at least while passages are written. */
    double slowdown() {
        Crew.Result same = idle.stream()
                .filter(result -> result.threads() == loaded.threads())
                .findFirst()
                .orElseThrow();
        return loaded.latencies().p99() / same.latencies().p99();
    }

    /** Passages written a second during searches, as a share of those without. */
    double loadShare() {
        return mixed.perSecond() / alone.perSecond();
    }

    /** Unrounded. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("load_alone", alone.toMap());
        if (offlineRate > 0) {
            map.put("offline_passages_per_second", offlineRate);
        }
        map.put("queries_idle", idle.stream().map(Crew.Result::toMap).toList());
        map.put("load_mixed", mixed.toMap());
        map.put("queries_loaded", loaded.toMap());
        map.put("p99_loaded_by_idle", slowdown());
        map.put("load_mixed_by_alone", loadShare());
        return map;
    }
}
