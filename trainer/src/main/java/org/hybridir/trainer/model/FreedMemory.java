package org.hybridir.trainer.model;

import com.sun.jna.Function;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;

/**
 * Gives memory that PyTorch has freed back to the system. Batches differ in shape, so that the C library's free blocks seldom
 * fit the next ones; left alone, it holds more and more of them.
 */
final class FreedMemory {
    /** A step or so of waste is cheaper than to fetch all pages anew in each step. */
    private static final int STEPS = 10;

    private final Function trim = find();
    private int steps;

    /** Of glibc; other C libraries have none. */
    private static Function find() {
        try {
            return Function.getFunction(Platform.C_LIBRARY_NAME, "malloc_trim");
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            return null;
        }
    }

    /** To be called after each step. */
    void stepped() {
        if (++steps % STEPS == 0 && trim != null) {
            trim.invokeInt(new Object[] {new NativeLong(0)});
        }
    }
}
