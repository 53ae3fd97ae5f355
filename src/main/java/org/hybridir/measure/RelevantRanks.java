package org.hybridir.measure;

/**
 * All that a measure needs of one ranking: where the relevant passages stand.
 *
 * @param ranks of the relevant passages in the pool, ascending, the first rank is 1; never empty
 * @param poolSize how many passages were ranked
 */
public record RelevantRanks(int[] ranks, int poolSize) {}
