package org.hybridir.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HolmTest {
    @Test
    void byHand() {
        assertEquals(List.of(), Holm.correct(List.of()));
        assertEquals(List.of(.3), Holm.correct(List.of(.3)));
        // ascending .005 * 4, .01 * 3, .03 * 2, and .04 * 1, which is less than the one before it
        List<Double> corrected = Holm.correct(List.of(.01, .04, .03, .005));
        List<Double> expected = List.of(.03, .06, .06, .02);
        for (int i = 0; i < 4; i++) {
            assertEquals(expected.get(i), corrected.get(i), 1e-15);
        }
        assertEquals(List.of(1.0, 1.0, 1.0), Holm.correct(List.of(.5, .75, .5)));
    }

    /** Holm's own words: go up from the least p, reject while p <= level / hypotheses left, stop at the first that is not. */
    @Test
    void equalsGoingUpStepByStep() {
        Random random = new Random(21);
        for (int round = 0; round < 200; round++) {
            List<Double> p =
                    random.doubles(1 + random.nextInt(8), 0, .3).boxed().toList();
            List<Double> corrected = Holm.correct(p);
            for (int i = 0; i < p.size(); i++) {
                double level = corrected.get(i);
                assertFalse(rejected(p, level * (1 - 1e-9)).get(i), p + " " + level);
                assertTrue(level == 1 || rejected(p, level * (1 + 1e-9)).get(i), p + " " + level);
            }
        }
    }

    private static List<Boolean> rejected(List<Double> p, double level) {
        boolean[] rejected = new boolean[p.size()];
        for (int left = p.size(); left > 0; left--) {
            int least = -1;
            for (int i = 0; i < p.size(); i++) {
                if (!rejected[i] && (least < 0 || p.get(i) < p.get(least))) {
                    least = i;
                }
            }
            if (p.get(least) > level / left) {
                break;
            }
            rejected[least] = true;
        }
        return IntStream.range(0, p.size()).mapToObj(i -> rejected[i]).toList();
    }
}
