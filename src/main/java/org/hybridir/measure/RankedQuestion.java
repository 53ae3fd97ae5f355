package org.hybridir.measure;

import java.util.Arrays;
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

    /** The same with no more than k of the first passages. */
    public RankedQuestion first(int k) {
        return top.size() <= k
                ? this
                : new RankedQuestion(id, language, golds, languageRanks, ranks, depth, top.subList(0, k));
    }

    /** The ranking of the passages of one language; empty if none of them is relevant. */
    Optional<Ranking> among(int pool, int poolSize) {
        return ranking(languageRanks, gold -> golds.get(gold).language() == pool, poolSize);
    }

    /** The ranking of all passages; empty if none is relevant. */
    Optional<Ranking> amongAll(int poolSize) {
        return ranking(ranks, gold -> true, poolSize);
    }

    /** Plain loops: there is a ranking for each question and pool, and streams took a tenth of the time of all counting. */
    private Optional<Ranking> ranking(int[] ranks, IntPredicate inPool, int poolSize) {
        int[] order = new int[ranks.length];
        int relevant = 0;
        for (int gold = 0; gold < ranks.length; gold++) {
            if (inPool.test(gold)) {
                insert(order, relevant++, gold, ranks);
            }
        }
        if (relevant == 0) {
            return Optional.empty();
        }
        int retrieved = 0;
        int[] places = new int[relevant];
        int[] grades = new int[relevant];
        int[] languages = new int[relevant];
        for (int i = 0; i < relevant; i++) {
            grades[i] = golds.get(order[i]).grade();
            languages[i] = golds.get(order[i]).language();
            places[i] = ranks[order[i]];
            retrieved += places[i] == NOT_RETRIEVED ? 0 : 1;
        }
        return Optional.of(new Ranking(
                Arrays.copyOf(places, retrieved), grades, languages, language, Math.min(depth, poolSize), poolSize));
    }

    /** Behind those whose rank is not higher: at the end at once where ranks follow the scores. */
    private static void insert(int[] order, int size, int gold, int[] ranks) {
        int place = size;
        while (place > 0 && ranks[order[place - 1]] > ranks[gold]) {
            order[place] = order[place - 1];
            place--;
        }
        order[place] = gold;
    }
}
