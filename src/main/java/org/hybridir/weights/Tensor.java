package org.hybridir.weights;

import java.util.Arrays;

/**
 * What is known of a tensor without its numbers.
 *
 * @param type of its numbers
 * @param shape rows first; empty for a scalar
 */
record Tensor(DType type, long[] shape) {
    Tensor {
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " has a negative size");
            }
        }
    }

    /** How long its numbers are; an overflow is an error. */
    long bytes() {
        long bytes = type.bytes();
        for (long size : shape) {
            bytes = Math.multiplyExact(bytes, size);
        }
        return bytes;
    }
}
