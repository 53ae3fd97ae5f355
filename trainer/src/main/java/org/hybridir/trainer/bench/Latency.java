package org.hybridir.trainer.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long a contestant took for one query.
 *
 * @param peer as of {@link Contestant#peer()}
 * @param same one and the same query, over and over
 * @param real the collection's questions, one after the other
 */
record Latency(String name, Optional<String> peer, Latencies.Percentiles same, Latencies.Percentiles real) {
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("same_query", same.toMap());
        map.put("questions", real.toMap());
        return map;
    }
}
