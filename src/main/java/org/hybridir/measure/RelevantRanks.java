package org.hybridir.measure;

/**
 * All that a measure needs of one ranking: where the relevant passages stand.
 *
 * @param ranks of the relevant passages in the pool, ascending, the first rank is 1; never empty
 * @param poolSize how many passages were ranked
 */
public record RelevantRanks(int[] ranks, int poolSize) {
    public RelevantRanks {
        if (ranks.length == 0) {
            throw new IllegalArgumentException(
                    "a ranking without a relevant passage has no measure; leave it out and count it");
        }
        int previous = 0;
        for (int rank : ranks) {
            if (rank <= previous || rank > poolSize) {
                throw new IllegalArgumentException("ranks must ascend from 1 to the size of the pool [" + poolSize
                        + "], but [" + rank + "] follows [" + previous + "]");
            }
            previous = rank;
        }
    }

    /** How many relevant passages the pool holds. */
    public int relevant() {
        return ranks.length;
    }

    /** How many of them stand among the first k. */
    public int within(int k) {
        int found = 0;
        while (found < ranks.length && ranks[found] <= k) {
            found++;
        }
        return found;
    }
}
