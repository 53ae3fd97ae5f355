package org.hybridir.measure;

/**
 * How the score of a long document follows from those of its passages: the mean of its best n, or of all if it has fewer. With
 * n = 1 it is that of the best passage, MaxP of Dai and Callan (2019, arXiv 1905.09217).
 *
 * @param best n, at least 1
 */
public record DocumentScore(int best) {
    /** That of the best passage. */
    public static final DocumentScore MAX = new DocumentScore(1);

    public DocumentScore {
        if (best < 1) {
            throw new IllegalArgumentException(
                    "a document's score is the mean of at least its best [1] passage, not [" + best + "]");
        }
    }

    /**
     * The score of each document.
     *
     * @param scores [passage], those of a document follow each other
     * @param ends [document], the passage behind its last one
     */
    float[] fold(float[] scores, int[] ends) {
        float[] folded = new float[ends.length];
        int from = 0;
        for (int document = 0; document < ends.length; document++) {
            folded[document] = of(scores, from, ends[document]);
            from = ends[document];
        }
        return folded;
    }

    /** The score of the document with the passages [from, to), at least one. NaN if that of a passage is NaN. */
    float of(float[] scores, int from, int to) {
        float[] highest = new float[Math.min(best, to - from)];
        int kept = 0;
        for (int p = from; p < to; p++) {
            if (Float.isNaN(scores[p])) {
                return Float.NaN;
            }
            if (kept < highest.length) {
                insert(highest, kept++, scores[p]);
            } else if (scores[p] > highest[kept - 1]) {
                insert(highest, kept - 1, scores[p]);
            }
        }
        float sum = 0f;
        for (float score : highest) {
            sum += score;
        }
        return sum / highest.length;
    }

    /** Moves what is lower up by one; the one on the last place goes. */
    private static void insert(float[] highest, int last, float score) {
        int place = last;
        while (place > 0 && highest[place - 1] < score) {
            highest[place] = highest[place - 1];
            place--;
        }
        highest[place] = score;
    }
}
