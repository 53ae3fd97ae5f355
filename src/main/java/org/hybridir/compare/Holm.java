package org.hybridir.compare;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's correction of p-values for how many hypotheses are tested at once (Holm 1979).
 *
 * <p>Let p_(1) to p_(m) ascend. The corrected i-th one is the largest of (m + 1 - j) * p_(j) over j up to i, and at most 1.
 * Who calls those differences real whose corrected p is at most a, is wrong about any of them with a probability of at most
 * a, however the tests depend on each other. As {@code p.adjust(p, "holm")} of R.
 */
public final class Holm {
    private Holm() {}

    /**
     * The corrected p-values, in the order given.
     *
     * @param p of all hypotheses that are tested together
     */
    public static List<Double> correct(List<Double> p) {
        List<Integer> ascending = IntStream.range(0, p.size())
                .boxed()
                .sorted(Comparator.comparing(p::get))
                .toList();
        Double[] corrected = new Double[p.size()];
        double largest = 0;
        for (int i = 0; i < p.size(); i++) {
            int hypothesis = ascending.get(i);
            largest = Math.max(largest, (p.size() - i) * p.get(hypothesis));
            corrected[hypothesis] = Math.min(1, largest);
        }
        return List.of(corrected);
    }
}
