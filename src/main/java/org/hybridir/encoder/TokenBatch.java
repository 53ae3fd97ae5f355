package org.hybridir.encoder;

import java.util.Arrays;
import java.util.List;

/**
 * Texts side by side, padded to the longest, as a program takes them.
 *
 * @param texts how many, b
 * @param width tokens of the longest, t
 * @param ids [b,t], row by row
 * @param mask [b,t], 1 for a token and 0 for padding
 */
public record TokenBatch(int texts, int width, long[] ids, long[] mask) {
    /** @param padId the id that stands for padding */
    public static TokenBatch of(List<Tokens> texts, int padId) {
        int width = texts.stream().mapToInt(text -> text.ids().length).max().orElseThrow();
        long[] ids = new long[texts.size() * width];
        long[] mask = new long[ids.length];
        Arrays.fill(ids, padId);
        for (int i = 0; i < texts.size(); i++) {
            long[] row = texts.get(i).ids();
            System.arraycopy(row, 0, ids, i * width, row.length);
            Arrays.fill(mask, i * width, i * width + row.length, 1);
        }
        return new TokenBatch(texts.size(), width, ids, mask);
    }
}
