package org.hybridir.trainer.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node did for long.
 *
 * @param load passages written
 * @param queries searches meanwhile
 * @param memory of the node's process
 * @param vectors of the index beside fresh ones
 */
public record SoakResult(
        Crew.Result load, Crew.Result queries, List<ResidentMemory.Sample> memory, VectorCheck vectors) {
    public SoakResult {
        memory = List.copyOf(memory);
    }

    /** See {@link ResidentMemory#growthPercent}. */
    double growthPercent() {
        return ResidentMemory.growthPercent(memory);
    }

    /** Unrounded. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("load", load.toMap());
        map.put("queries", queries.toMap());
        map.put("memory_growth_percent", growthPercent());
        map.put(
                "memory",
                memory.stream()
                        .map(sample -> List.of(sample.seconds(), sample.bytes(), sample.mapped()))
                        .toList());
        map.put("vectors", vectors.toMap());
        return map;
    }
}
