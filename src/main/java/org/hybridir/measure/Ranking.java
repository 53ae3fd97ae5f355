package org.hybridir.measure;

/**
 * All that a measure needs of one ranking: where the relevant passages stand, and what each of them is.
 *
 * @param ranks of the relevant passages that were retrieved, ascending, the first rank is 1
 * @param grades of all relevant passages, each at least 1: first of those retrieved, in the order of their ranks; never empty
 * @param languages ordinals of the relevant passages' languages, in the order of the grades
 * @param questionLanguage ordinal
 * @param depth how many places were looked at, the pool's size if all; no retrieved passage stands behind it
 * @param poolSize how many passages could have been retrieved
 */
public record Ranking(int[] ranks, int[] grades, int[] languages, int questionLanguage, int depth, int poolSize) {
    public Ranking {
        if (grades.length == 0) {
            throw new IllegalArgumentException(
                    "a ranking without a relevant passage has no measure; leave it out and count it");
        }
        if (grades.length != languages.length || ranks.length > grades.length) {
            throw new IllegalArgumentException("need a grade and a language of each relevant passage: ranks ["
                    + ranks.length + "], grades [" + grades.length + "], languages [" + languages.length + "]");
        }
        int previous = 0;
        for (int rank : ranks) {
            if (rank <= previous || rank > depth) {
                throw new IllegalArgumentException("ranks must ascend from 1 to the depth of the ranking [" + depth
                        + "], but [" + rank + "] follows [" + previous + "]");
            }
            previous = rank;
        }
    }

    /** R: how many relevant passages the pool holds, retrieved or not. */
    public int relevant() {
        return grades.length;
    }

    /** How many relevant passages stand among the first k. */
    public int within(int k) {
        int found = 0;
        while (found < ranks.length && ranks[found] <= k) {
            found++;
        }
        return found;
    }

    /**
     * The rank of a relevant passage, counted from 0 in the order of the grades. Of one that was not retrieved only a lower
     * bound is known, the place behind the depth, and that is given.
     */
    public int rank(int place) {
        return place < ranks.length ? ranks[place] : depth + 1;
    }
}
