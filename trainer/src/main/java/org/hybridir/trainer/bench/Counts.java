package org.hybridir.trainer.bench;

/** Options that count something. */
final class Counts {
    private Counts() {}

    /** @throws IllegalArgumentException if the value is less */
    static void atLeast(int least, String option, int value) {
        if (value < least) {
            throw new IllegalArgumentException("--" + option + " must be at least " + least + ", not [" + value + "]");
        }
    }
}
