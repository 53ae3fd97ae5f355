package org.hybridir.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RandomisationTestTest {
    private static final RandomisationTest TEST = new RandomisationTest(RandomisationTest.DRAWS, 0);

    @Test
    void smallSamplesByHand() {
        // one difference: it or its opposite, both as extreme
        assertEquals(1, TEST.p(new double[] {5}));
        // sums 2, 0, 0, -2
        assertEquals(2 / 4.0, TEST.p(new double[] {1, 1}));
        // sums 6, 4, 2, 0 and their opposites
        assertEquals(2 / 8.0, TEST.p(new double[] {1, 2, 3}));
        // observed 2; all sums are 2 or 4 from 0
        assertEquals(1, TEST.p(new double[] {3, -1}));
        // observed 8; 10, 8, and their opposites of 16
        assertEquals(4 / 16.0, TEST.p(new double[] {-1, 2, 3, 4}));
        // a question without a difference changes nothing
        assertEquals(2 / 8.0, TEST.p(new double[] {1, 2, 0, 3}));
        assertEquals(1, TEST.p(new double[] {0, 0}));
    }

    /** In tenths sums are rounded, and equal ones must stay equal; the oracle counts in whole numbers. */
    @Test
    void equalsEnumerationInWholeNumbers() {
        Random random = new Random(3);
        for (int round = 0; round < 100; round++) {
            int[] tenths = random.ints(1 + random.nextInt(12), -5, 6).toArray();
            double[] differences =
                    Arrays.stream(tenths).mapToDouble(t -> t / 10.0).toArray();
            assertEquals(enumerated(tenths), TEST.p(differences), 0, Arrays.toString(tenths));
        }
    }

    private static double enumerated(int[] values) {
        int observed = Math.abs(Arrays.stream(values).sum());
        int found = 0;
        for (int pattern = 0; pattern < 1 << values.length; pattern++) {
            int sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += (pattern >> i & 1) == 1 ? values[i] : -values[i];
            }
            found += Math.abs(sum) >= observed ? 1 : 0;
        }
        return found / (double) (1 << values.length);
    }

    /** 65,536 patterns are more than 10,000 draws. */
    @Test
    void drawsComeCloseToEnumeration() {
        Random random = new Random(4);
        for (int round = 0; round < 10; round++) {
            int[] tenths = random.ints(16, -4, 7).toArray();
            double[] differences =
                    Arrays.stream(tenths).mapToDouble(t -> t / 10.0).toArray();
            double exact = enumerated(tenths);
            // five standard errors
            double margin = 5 * Math.sqrt(exact * (1 - exact) / RandomisationTest.DRAWS) + 2e-4;
            assertEquals(exact, TEST.p(differences), margin, Arrays.toString(tenths));
            assertEquals(exact, new RandomisationTest(1 << 16, 0).p(differences));
        }
    }

    @Test
    void manyDifferences() {
        double[] ones = new double[200];
        Arrays.fill(ones, .01);
        // no draw has all signs alike: only the observed pattern counts
        assertEquals(1 / 10_001.0, TEST.p(ones));
        double[] opposites = new double[200];
        Arrays.setAll(opposites, i -> i % 2 == 0 ? .01 : -.01);
        assertEquals(1, TEST.p(opposites));
        // 199 times .01 against 2: whatever the signs, the sum is at least .01 from 0, and that is what is observed
        ones[199] = -2;
        assertEquals(1, TEST.p(ones));
    }

    @Test
    void sameSeedSameP() {
        double[] differences = new Random(5).doubles(50, -.1, .12).toArray();
        assertEquals(TEST.p(differences), new RandomisationTest(RandomisationTest.DRAWS, 0).p(differences));
    }

    @Test
    void refusals() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new RandomisationTest(0, 0));
        assertEquals("draws are [0]; there must be at least [1]", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> TEST.p(new double[0]));
        assertEquals("a randomisation test needs at least one difference", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> TEST.p(new double[] {1, Double.NaN}));
        assertEquals("differences must be finite, not [1.0, NaN]", e.getMessage());
    }
}
