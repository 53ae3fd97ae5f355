package org.hybridir.trainer.export;

/**
 * How far vectors are from those that they should be.
 *
 * @param element the largest distance of two numbers
 * @param cosine the largest distance of a cosine from 1
 */
public record Deviation(double element, double cosine) {
    /** What another runtime's order of additions cannot excuse. */
    static final double LARGEST = 1e-4;

    static final Deviation NONE = new Deviation(0, 0);

    /** Of two vectors of length one; a NaN in either stays one. */
    static Deviation of(float[] found, float[] expected) {
        if (found.length != expected.length) {
            throw new IllegalArgumentException("a vector of [" + found.length
                    + "] numbers cannot be compared with one of [" + expected.length + "]");
        }
        double element = 0;
        double product = 0;
        for (int i = 0; i < found.length; i++) {
            element = Math.max(element, Math.abs((double) found[i] - expected[i]));
            product += (double) found[i] * expected[i];
        }
        return new Deviation(element, Math.abs(1 - product));
    }

    Deviation max(Deviation other) {
        return new Deviation(Math.max(element, other.element), Math.max(cosine, other.cosine));
    }

    /** Whether both are small; a NaN is not. */
    boolean allowed() {
        return element <= LARGEST && cosine <= LARGEST;
    }
}
