package org.hybridir.measure;

import java.util.Arrays;

/**
 * Scores of a tile of passages for a tile of questions: a matrix product whose every element has the same bits as the
 * plain loop of {@link RankCounter#score}.
 *
 * <p>An element is one chain of fused multiply-adds over the dimensions, in order; nothing is split into partial sums. So
 * that the processor still has much to do at once, passages are stored transposed, [dimension][passage], and the inner loop
 * runs over the passages: its iterations are independent, and the JIT compiler turns it into vector instructions. Four
 * dimensions and four questions a pass (sixteen multiply-adds for four loads of passages) measured best of seven shapes;
 * with 32 multiply-adds the compiler gives up vectorising and is six times slower.
 *
 * <p>Questions and dimensions are padded with zeros to multiples of four. A padded step adds 0*0, which changes no score
 * (at most -0 to 0, and those are equal).
 */
final class ScoreTile {
    /** Passages of a tile: 512 floats are long enough to make loop overhead small, and four rows fit the first cache. */
    static final int PASSAGES = 512;
    /** Questions of a tile: their scores, 128 KiB, stay in the second cache. */
    static final int QUESTIONS = 64;
    /** Questions, and dimensions, of a pass. */
    static final int STEP = 4;
    /** Dimensions after which the next questions take their turn: 64 rows of passages, 128 KiB, stay in the second cache. */
    private static final int PANEL = 64;

    private final int dimension;
    private final float[][] passages;
    private final float[][] scores = new float[QUESTIONS][PASSAGES];
    private int size;

    /** @param dimension of the vectors as given, without padding */
    ScoreTile(int dimension) {
        this.dimension = dimension;
        this.passages = new float[padded(dimension)][PASSAGES];
    }

    static int padded(int n) {
        return (n + STEP - 1) / STEP * STEP;
    }

    /** Takes n passages, row-major from the given one on. */
    void passages(float[] vectors, int first, int n) {
        size = n;
        for (int from = 0; from < n; from += 16) {
            transpose(vectors, first, from, Math.min(from + 16, n));
        }
    }

    /** Sixteen passages at a time: what is written is then whole cache lines. */
    private void transpose(float[] vectors, int first, int from, int to) {
        for (int k = 0; k < dimension; k++) {
            float[] row = passages[k];
            for (int p = from; p < to; p++) {
                row[p] = vectors[(first + p) * dimension + k];
            }
        }
    }

    /**
     * Scores of the questions [from, to), which are padded: [question - from][passage]. The arrays are the tile's own and
     * valid until the next call.
     */
    float[][] scores(float[][] questions, int from, int to) {
        for (int q = 0; q < to - from; q++) {
            Arrays.fill(scores[q], 0, size, 0f);
        }
        for (int panel = 0; panel < passages.length; panel += PANEL) {
            int end = Math.min(panel + PANEL, passages.length);
            for (int q = from; q < to; q += STEP) {
                for (int k = panel; k < end; k += STEP) {
                    pass(questions, q, q - from, k);
                }
            }
        }
        return scores;
    }

    private void pass(float[][] questions, int q, int row, int k) {
        multiplyAdd(
                scores[row],
                scores[row + 1],
                scores[row + 2],
                scores[row + 3],
                questions[q],
                questions[q + 1],
                questions[q + 2],
                questions[q + 3],
                passages,
                k,
                size);
    }

    /** Adds four dimensions' products to the scores (s) of four questions (v); names end in question, dimension. */
    private static void multiplyAdd(
            float[] s0,
            float[] s1,
            float[] s2,
            float[] s3,
            float[] v0,
            float[] v1,
            float[] v2,
            float[] v3,
            float[][] passages,
            int k,
            int n) {
        float[] p0 = passages[k], p1 = passages[k + 1], p2 = passages[k + 2], p3 = passages[k + 3];
        float v00 = v0[k], v01 = v0[k + 1], v02 = v0[k + 2], v03 = v0[k + 3];
        float v10 = v1[k], v11 = v1[k + 1], v12 = v1[k + 2], v13 = v1[k + 3];
        float v20 = v2[k], v21 = v2[k + 1], v22 = v2[k + 2], v23 = v2[k + 3];
        float v30 = v3[k], v31 = v3[k + 1], v32 = v3[k + 2], v33 = v3[k + 3];
        for (int i = 0; i < n; i++) {
            float x0 = p0[i], x1 = p1[i], x2 = p2[i], x3 = p3[i];
            float r0 = Math.fma(v03, x3, Math.fma(v02, x2, Math.fma(v01, x1, Math.fma(v00, x0, s0[i]))));
            float r1 = Math.fma(v13, x3, Math.fma(v12, x2, Math.fma(v11, x1, Math.fma(v10, x0, s1[i]))));
            float r2 = Math.fma(v23, x3, Math.fma(v22, x2, Math.fma(v21, x1, Math.fma(v20, x0, s2[i]))));
            float r3 = Math.fma(v33, x3, Math.fma(v32, x2, Math.fma(v31, x1, Math.fma(v30, x0, s3[i]))));
            s0[i] = r0;
            s1[i] = r1;
            s2[i] = r2;
            s3[i] = r3;
        }
    }
}
