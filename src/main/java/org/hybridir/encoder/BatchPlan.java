package org.hybridir.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which texts run together. Texts of like length share a batch, so that little is computed on padding; a batch, padded
 * to its longest text, keeps to the token budget, and a text longer than the budget runs alone.
 */
public final class BatchPlan {
    private BatchPlan() {}

    /**
     * Groups texts into batches, the longest texts first, so that workers that share the batches end at about the same
     * time. Each text is in exactly one batch.
     *
     * @param lengths tokens of each text, at least 1
     * @param budget tokens of a batch, padding included
     * @return for each batch the indices of its texts, the longest first and then by index
     */
    public static List<int[]> of(int[] lengths, int budget) {
        Integer[] order = new Integer[lengths.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingInt(i -> -lengths[i]));
        List<int[]> batches = new ArrayList<>();
        int end;
        for (int start = 0; start < order.length; start = end) {
            int texts = Math.max(1, budget / lengths[order[start]]);
            end = Math.min(order.length, start + texts);
            batches.add(
                    Arrays.stream(order, start, end).mapToInt(Integer::intValue).toArray());
        }
        return batches;
    }
}
