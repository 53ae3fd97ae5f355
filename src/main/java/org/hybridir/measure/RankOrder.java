package org.hybridir.measure;

import java.util.function.IntFunction;

/**
 * The order of every ranking: score descending, then passage id ascending ({@link String#compareTo}, UTF-16 code units).
 *
 * <p>Scores tie only if they are equal floats; there is no tolerance, for with one the order would not be transitive.
 * Every score comes from {@link RankCounter#score} or from the blocked product that gives the same bits, so the same two
 * vectors tie wherever they are compared.
 */
public final class RankOrder {
    private RankOrder() {}

    /** Whether the first passage stands before the second; false for a passage and itself. */
    public static boolean precedes(float score, String id, float otherScore, String otherId) {
        return precedes(score, place -> id, 0, otherScore, otherId);
    }

    /** As above, with an id that is looked up only if the scores tie. */
    static boolean precedes(float score, IntFunction<String> ids, int place, float otherScore, String otherId) {
        return score > otherScore || (score == otherScore && ids.apply(place).compareTo(otherId) < 0);
    }
}
