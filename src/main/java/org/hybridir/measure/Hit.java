package org.hybridir.measure;

import java.util.Collection;
import java.util.List;

/**
 * A passage among the first of a ranking, relevant or not.
 *
 * @param id the passage's
 * @param language ordinal of the passage's language
 * @param score cosine to the question
 */
public record Hit(String id, int language, float score) {
    /** The first k of disjoint sets of passages, from the first k of each. */
    public static List<Hit> merge(Collection<List<Hit>> parts, int k) {
        return parts.stream()
                .flatMap(List::stream)
                .sorted((a, b) -> a.id.equals(b.id) ? 0 : RankOrder.precedes(a.score, a.id, b.score, b.id) ? -1 : 1)
                .limit(k)
                .toList();
    }
}
