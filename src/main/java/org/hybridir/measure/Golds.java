package org.hybridir.measure;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The relevant passages of one question in ranking order: score descending, then id ascending.
 *
 * @param inOrder distinct; may be empty
 */
public record Golds(List<Gold> inOrder) {
    public Golds {
        inOrder = List.copyOf(inOrder);
        for (int i = 1; i < inOrder.size(); i++) {
            if (!precedes(inOrder.get(i - 1), inOrder.get(i))) {
                throw new IllegalArgumentException("golds must be in ranking order and distinct, but ["
                        + inOrder.get(i - 1).id() + "] does not stand before ["
                        + inOrder.get(i).id() + "]; use Golds.of");
            }
        }
    }

    /** Golds in any order, brought into ranking order. */
    public static Golds of(Collection<Gold> golds) {
        refuseSameIds(golds);
        return new Golds(golds.stream()
                .sorted((a, b) -> a == b ? 0 : precedes(a, b) ? -1 : 1)
                .toList());
    }

    private static boolean precedes(Gold one, Gold other) {
        return RankOrder.precedes(one.score(), one.id(), other.score(), other.id());
    }

    /** Before sorting: a comparator that finds no order between two equal golds may break the sort itself. */
    private static void refuseSameIds(Collection<Gold> golds) {
        Set<String> seen = new HashSet<>();
        for (Gold gold : golds) {
            if (!seen.add(gold.id())) {
                throw new IllegalArgumentException(
                        "passage [" + gold.id() + "] is given twice as a gold of the same question");
            }
        }
    }

    /** How many there are. */
    public int size() {
        return inOrder.size();
    }

    public Gold get(int place) {
        return inOrder.get(place);
    }

    /** Whether a passage is one of them. */
    public boolean contains(String id) {
        return inOrder.stream().anyMatch(gold -> gold.id().equals(id));
    }
}
