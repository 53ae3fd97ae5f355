package org.hybridir.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which texts run together. Texts of like length share a batch, so that little is computed on padding; a batch, padded
 * to its longest text, keeps to the token budget, and a text longer than the budget runs alone.
 */
final class BatchPlan {
    private BatchPlan() {}

    /**
     * Groups texts into batches, the shortest texts first; each text is in exactly one batch.
     *
     * @param lengths tokens of each text
     * @param budget tokens of a batch, padding included
     * @return for each batch the indices of its texts, by length and then by index
     */
    static List<int[]> of(int[] lengths, int budget) {
        Integer[] order = new Integer[lengths.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingInt(i -> lengths[i]));
        List<int[]> batches = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= order.length; end++) {
            // the next text would be the longest, so the whole batch would be padded to it
            if (end == order.length || (long) lengths[order[end]] * (end - start + 1) > budget) {
                batches.add(indices(order, start, end));
                start = end;
            }
        }
        return batches;
    }

    private static int[] indices(Integer[] order, int start, int end) {
        return Arrays.stream(order, start, end).mapToInt(Integer::intValue).toArray();
    }
}
