package org.hybridir.opensearch.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hybridir.measure.Gold;
import org.hybridir.measure.Golds;
import org.hybridir.measure.Hit;
import org.hybridir.measure.RankedQuestion;

/**
 * A question that is being asked in several pools; when the last of them has answered, its ranks are told.
 * Thread-safe.
 */
final class SearchedQuestion {
    private final String id;
    private final int language;
    private final Map<String, Gold> golds = new HashMap<>();
    private final int k;
    private final int hits;
    private final Consumer<RankedQuestion> listener;
    private final Map<String, Integer> languageRanks = new HashMap<>();
    private final Map<String, Integer> ranks = new HashMap<>();
    private List<Hit> top = List.of();
    private int waiting;

    /**
     * @param language ordinal
     * @param golds whose scores are those of the passages that no search finds
     * @param k how many hits a search returns at most
     * @param pools how many of them will answer
     * @param hits how many of the first passages of all languages are told
     */
    SearchedQuestion(
            String id, int language, List<Gold> golds, int k, int pools, int hits, Consumer<RankedQuestion> listener) {
        this.id = id;
        this.language = language;
        golds.forEach(gold -> this.golds.put(gold.id(), gold));
        this.k = k;
        this.waiting = pools;
        this.hits = hits;
        this.listener = listener;
    }

    /** The hits among the passages of one language, best first. */
    synchronized void foundInLanguage(List<Hit> hits) {
        found(hits, languageRanks);
    }

    /** The hits among all passages, best first. */
    synchronized void foundInAll(List<Hit> hits) {
        top = List.copyOf(hits.subList(0, Math.min(hits.size(), this.hits)));
        found(hits, ranks);
    }

    private void found(List<Hit> hits, Map<String, Integer> ranks) {
        for (int place = 0; place < hits.size(); place++) {
            Hit hit = hits.get(place);
            if (golds.containsKey(hit.id())) {
                ranks.put(hit.id(), place + 1);
                golds.computeIfPresent(hit.id(), (same, gold) -> scored(gold, hit.score()));
            }
        }
        if (--waiting == 0) {
            listener.accept(ranked());
        }
    }

    /** Scores of pools may differ, as those of fused rankings do: the highest one is kept, whichever pool comes first. */
    private static Gold scored(Gold gold, float score) {
        return new Gold(gold.id(), gold.language(), gold.grade(), Math.max(gold.score(), score));
    }

    /** What is known so far. */
    RankedQuestion ranked() {
        Golds ordered = Golds.of(golds.values());
        return new RankedQuestion(
                id, language, ordered, inOrder(ordered, languageRanks), inOrder(ordered, ranks), k, top);
    }

    private static int[] inOrder(Golds golds, Map<String, Integer> ranks) {
        return golds.inOrder().stream()
                .mapToInt(gold -> ranks.getOrDefault(gold.id(), RankedQuestion.NOT_RETRIEVED))
                .toArray();
    }
}
