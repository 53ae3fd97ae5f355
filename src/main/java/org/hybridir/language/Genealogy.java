package org.hybridir.language;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How far two languages are apart by descent.
 *
 * <p>Let the path of a language be its classification and, last, the language itself. Of two paths that begin with s groups
 * in common,
 *
 * <pre>{@code distance = 1 - s / mean(length of path a, length of path b)}</pre>
 *
 * <p>so that it is 0 for a language and itself, 1 for languages of different families, and between them the smaller, the
 * later they parted; the complement of Wu and Palmer's similarity (ACL 1994) in the tree of families. It counts groups,
 * not years, so it depends on how finely the table divides a family: compare by order, not by size.
 */
public final class Genealogy {
    private Genealogy() {}

    /** From 0 to 1; empty for two languages of which one is constructed, because it descends from none. */
    public static OptionalDouble distance(Language a, Language b) {
        if (a.alpha3().equals(b.alpha3())) {
            return OptionalDouble.of(0);
        }
        if (a.constructed() || b.constructed()) {
            return OptionalDouble.empty();
        }
        double lengths = a.classification().size() + 1 + b.classification().size() + 1;
        return OptionalDouble.of(1 - 2 * shared(a.classification(), b.classification()) / lengths);
    }

    private static int shared(List<String> a, List<String> b) {
        int shared = 0;
        while (shared < Math.min(a.size(), b.size()) && a.get(shared).equals(b.get(shared))) {
            shared++;
        }
        return shared;
    }
}
