package org.hybridir.measure;

/**
 * Vectors by their place, wherever they are kept: in an array, or in a file when they are more than the heap holds.
 * Implementations may be read from several threads.
 */
public interface VectorRows {
    /** How many there are. */
    int size();

    /** Length of each. */
    int dimension();

    /**
     * Copies vectors.
     *
     * @param first place of the first one
     * @param n how many
     * @param into takes them, row-major, from its start
     */
    void copy(int first, int n, float[] into);

    /**
     * Vectors of an array, which is not copied.
     *
     * @param vectors [place][dimension]
     * @throws IllegalArgumentException if their dimensions differ
     */
    static VectorRows of(float[][] vectors) {
        return new ArrayRows(vectors);
    }
}
