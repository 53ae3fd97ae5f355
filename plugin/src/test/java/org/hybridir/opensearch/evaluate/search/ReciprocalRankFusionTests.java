package org.hybridir.opensearch.evaluate.search;

import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import org.hybridir.measure.Hit;
import org.opensearch.test.OpenSearchTestCase;

public class ReciprocalRankFusionTests extends OpenSearchTestCase {
    private static Hit hit(String id, float score) {
        return new Hit(id, id.charAt(0) - 'a', score);
    }

    /** a: 1/2 + 1/4, b: 1/3 + 1/2, c: 1/4, d: 1/3; the scores that were given say nothing. */
    public void testRanksAreSummed() {
        List<Hit> one = List.of(hit("a", 900), hit("b", 800), hit("c", 700));
        List<Hit> other = List.of(hit("b", 0.3f), hit("d", 0.2f), hit("a", 0.1f));
        List<Hit> expected = List.of(hit("b", 5 / 6f), hit("a", 3 / 4f), hit("d", 1 / 3f), hit("c", 1 / 4f));
        assertThat(ReciprocalRankFusion.fuse(List.of(one, other), 1, 10), equalTo(expected));
        assertThat(ReciprocalRankFusion.fuse(List.of(one, other), 1, 2), equalTo(expected.subList(0, 2)));
    }

    /** Three rankings in which three passages take turns: sums that differ in their order only are equal. */
    public void testEqualSumsStandInTheOrderOfIds() {
        Hit a = hit("a", 1);
        Hit b = hit("b", 1);
        Hit c = hit("c", 1);
        List<Hit> fused =
                ReciprocalRankFusion.fuse(List.of(List.of(c, b, a), List.of(a, c, b), List.of(b, a, c)), 60, 3);
        assertThat(fused.stream().map(Hit::id).toList(), equalTo(List.of("a", "b", "c")));
    }

    public void testNothingFoundAnywhere() {
        assertThat(ReciprocalRankFusion.fuse(List.of(List.of(), List.of()), 60, 3), equalTo(List.of()));
    }
}
