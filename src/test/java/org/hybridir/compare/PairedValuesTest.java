package org.hybridir.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class PairedValuesTest {
    private static Map<AskedQuestion, Double> values(Object... idLanguageValue) {
        Map<AskedQuestion, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < idLanguageValue.length; i += 3) {
            values.put(new AskedQuestion((String) idLanguageValue[i], (String) idLanguageValue[i + 1]), (Double)
                    idLanguageValue[i + 2]);
        }
        return values;
    }

    @Test
    void languagesOfAQuestionAreOneValue() {
        PairedValues paired = PairedValues.of(
                values("q1", "de", 1.0, "q1", "en", .5, "q2", "de", .25, "q3", "de", .9, "q4", "en", .9),
                // q1 in French, q3 and q4 are not in both
                values("q2", "de", .75, "q1", "en", .25, "q1", "de", .25, "q1", "fr", .9, "q4", "de", .1));
        assertArrayEquals(new double[] {.75, .25}, paired.a());
        assertArrayEquals(new double[] {.25, .75}, paired.b());
        assertArrayEquals(new double[] {.5, -.5}, paired.differences());
        assertEquals(2, paired.size());
        assertEquals(.5, paired.meanA());
        assertEquals(.5, paired.meanB());
    }

    @Test
    void effectSizeByHand() {
        // differences 1 2 3: mean 2, standard deviation 1
        assertEquals(
                2,
                new PairedValues(new double[] {1, 2, 3}, new double[] {0, 0, 0})
                        .effectSize()
                        .orElseThrow(),
                1e-15);
        // differences -1 -3: mean -2, standard deviation the root of 2
        assertEquals(
                -Math.sqrt(2),
                new PairedValues(new double[] {1, 0}, new double[] {2, 3})
                        .effectSize()
                        .orElseThrow(),
                1e-15);
        assertEquals(OptionalDouble.empty(), new PairedValues(new double[] {1, 2}, new double[] {0, 1}).effectSize());
        assertEquals(OptionalDouble.empty(), new PairedValues(new double[] {1}, new double[] {0}).effectSize());
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> new PairedValues(new double[] {1}, new double[] {}));
        assertEquals("paired values need as many of a [1] as of b [0]", e.getMessage());
    }
}
