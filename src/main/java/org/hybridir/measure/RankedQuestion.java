package org.hybridir.measure;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A question after ranking: where each of its golds stands, in the pool of the gold's own language and in that of all
 * languages. From these follow its rankings in every {@link Setting}.
 *
 * @param id shared by the languages that the question is asked in
 * @param language ordinal of the language that it is asked in
 * @param golds its relevant passages, retrieved or not; may be empty
 * @param languageRanks of each gold among the passages of its own language, from 1 on, or {@link #NOT_RETRIEVED}
 * @param ranks of each gold among all passages, from 1 on, or {@link #NOT_RETRIEVED}
 * @param depth how many places of a ranking are known: golds behind them are not retrieved; {@link #WHOLE} for all places
 * @param top the first passages of all languages, best first, as many as {@link RankingListener#hits} or the pool has
 */
public record RankedQuestion(
        String id, int language, Golds golds, int[] languageRanks, int[] ranks, int depth, List<Hit> top) {
    /** The rank of a gold that a search of limited depth did not find. */
    public static final int NOT_RETRIEVED = Integer.MAX_VALUE;
    /** The depth of rankings in which every passage has its rank. */
    public static final int WHOLE = Integer.MAX_VALUE;

    public RankedQuestion {
        if (languageRanks.length != golds.size() || ranks.length != golds.size()) {
            throw new IllegalArgumentException("question [" + id + "] needs two ranks for each of its [" + golds.size()
                    + "] golds, not [" + languageRanks.length + "] and [" + ranks.length + "]");
        }
        top = List.copyOf(top);
    }

    /**
     * A question of which it was counted how many passages of each language stand before each gold.
     *
     * @param counts [gold][language], summed over all passages: see {@link RankCounter#counts()}
     */
    public static RankedQuestion counted(String id, int language, Golds golds, int[][] counts, List<Hit> top) {
        if (counts.length != golds.size()) {
            throw new IllegalArgumentException(
                    "need the counts of each gold: golds [" + golds.size() + "], counts [" + counts.length + "]");
        }
        int[] languageRanks = IntStream.range(0, counts.length)
                .map(gold -> counts[gold][golds.get(gold).language()] + 1)
                .toArray();
        int[] ranks = IntStream.range(0, counts.length)
                .map(gold -> IntStream.of(counts[gold]).sum() + 1)
                .toArray();
        return new RankedQuestion(id, language, golds, languageRanks, ranks, WHOLE, top);
    }

    /** The ranking of the passages of one language; empty if none of them is relevant. */
    Optional<Ranking> among(int pool, int poolSize) {
        return ranking(languageRanks, gold -> golds.get(gold).language() == pool, poolSize);
    }

    /** The ranking of all passages; empty if none is relevant. */
    Optional<Ranking> amongAll(int poolSize) {
        return ranking(ranks, gold -> true, poolSize);
    }

    private Optional<Ranking> ranking(int[] ranks, IntPredicate inPool, int poolSize) {
        List<Integer> order = IntStream.range(0, ranks.length)
                .filter(inPool)
                .boxed()
                .sorted(Comparator.comparingInt(gold -> ranks[gold]))
                .toList();
        if (order.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Ranking(
                order.stream()
                        .mapToInt(gold -> ranks[gold])
                        .filter(rank -> rank != NOT_RETRIEVED)
                        .toArray(),
                order.stream().mapToInt(gold -> golds.get(gold).grade()).toArray(),
                order.stream().mapToInt(gold -> golds.get(gold).language()).toArray(),
                language,
                Math.min(depth, poolSize),
                poolSize));
    }
}
