package org.hybridir.trainer.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hybridir.collection.Passage;
import org.hybridir.trainer.load.LoadException;
import org.hybridir.trainer.load.LoadTarget;

/**
 * Vectors in an index beside vectors made anew of the same texts. In a batch of another shape sums are added in another order,
 * so that the last bits may differ.
 *
 * @param vectors how many were compared
 * @param leastCosine of a vector and its like
 * @param largestDifference of two numbers at the same place
 */
record VectorCheck(int vectors, double leastCosine, double largestDifference) {
    private static final int AT_ONCE = 50;

    /** Compares every hundredth passage, drawn at random. */
    static VectorCheck of(BenchIndex index, List<Passage> passages, long seed, FreshVectors fresh) throws IOException {
        List<Passage> drawn = new ArrayList<>(passages);
        Collections.shuffle(drawn, new Random(seed));
        drawn = drawn.subList(0, (passages.size() + 99) / 100);
        VectorCheck check = new VectorCheck(0, 1, 0);
        for (int from = 0; from < drawn.size(); from += AT_ONCE) {
            List<Passage> some = drawn.subList(from, Math.min(drawn.size(), from + AT_ONCE));
            List<float[]> made = fresh.of(some.stream().map(Passage::text).toList());
            List<float[]> indexed = indexed(index, some);
            for (int i = 0; i < some.size(); i++) {
                check = check.and(indexed.get(i), made.get(i));
            }
        }
        return check;
    }

    private static List<float[]> indexed(BenchIndex index, List<Passage> passages) throws LoadException {
        List<String> ids = passages.stream().map(Passage::id).toList();
        JsonNode answer = index.server()
                .post(
                        "/" + index.name() + "/_search",
                        Map.of(
                                "size",
                                ids.size(),
                                "_source",
                                List.of(LoadTarget.VECTORS),
                                "query",
                                Map.of("ids", Map.of("values", ids))));
        Map<String, float[]> found = new HashMap<>();
        answer.path("hits")
                .path("hits")
                .forEach(hit -> found.put(
                        hit.path("_id").asText(), numbers(hit.path("_source").path(LoadTarget.VECTORS))));
        for (String id : ids) {
            if (!found.containsKey(id)) {
                throw new LoadException(
                        "the passage [" + id + "] was written to index [" + index.name() + "] and is not there");
            }
        }
        return ids.stream().map(found::get).toList();
    }

    static float[] numbers(JsonNode array) {
        float[] numbers = new float[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).floatValue();
        }
        return numbers;
    }

    /** With two more vectors compared, both of length one. */
    VectorCheck and(float[] one, float[] other) {
        if (one.length != other.length || one.length == 0) {
            throw new IllegalArgumentException(
                    "vectors to compare have [" + one.length + "] and [" + other.length + "] numbers");
        }
        double cosine = 0;
        double largest = largestDifference;
        for (int i = 0; i < one.length; i++) {
            cosine += (double) one[i] * other[i];
            largest = Math.max(largest, Math.abs((double) one[i] - other[i]));
        }
        return new VectorCheck(vectors + 1, Math.min(leastCosine, cosine), largest);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("vectors", vectors);
        map.put("least_cosine", leastCosine);
        map.put("largest_difference", largestDifference);
        return map;
    }
}
