package org.hybridir.measure;

import java.util.List;

/** The measures by name. */
public final class Measures {
    private Measures() {}

    /** Throws IllegalArgumentException: unknown measure [x], known ones [...]. */
    public static Measure parse(String name) {
        throw new UnsupportedOperationException();
    }

    /** AP, RR, nDCG@10, R@1, R@10, RankDistance. */
    public static List<Measure> defaults() {
        throw new UnsupportedOperationException();
    }
}
