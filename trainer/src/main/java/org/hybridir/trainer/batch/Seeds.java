package org.hybridir.trainer.batch;

import java.util.Random;

/** Random numbers for one purpose of a run. {@link Random}'s numbers are specified, so they are the same on every Java. */
final class Seeds {
    private Seeds() {}

    /** What is drawn from it depends on all three, and on nothing else. */
    static Random random(long seed, String purpose, long epoch) {
        return new Random(mix(mix(mix(seed) + purpose.hashCode()) + epoch));
    }

    /** The finaliser of SplitMix64: neighbouring seeds give unlike numbers. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
