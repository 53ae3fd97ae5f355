package org.hybridir.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChiSquareTest {
    /** Upper critical values, NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4, to three digits. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.10, 2.706", "1, 0.05, 3.841", "1, 0.001, 10.828",
        "2, 0.10, 4.605", "2, 0.05, 5.991", "2, 0.001, 13.816",
        "3, 0.05, 7.815", "5, 0.01, 15.086", "10, 0.10, 15.987",
        "10, 0.05, 18.307", "10, 0.001, 29.588", "15, 0.05, 24.996",
        "30, 0.01, 50.892", "100, 0.10, 118.498", "100, 0.001, 149.449"
    })
    void publishedTable(int df, double tail, double critical) {
        assertEquals(tail, ChiSquare.survival(critical, df), tail * 1e-3);
    }

    /** Two-sided tails of the normal distribution at 1, 2 and 3 standard deviations. */
    @Test
    void oneDegreeIsTheSquareOfANormalVariable() {
        assertEquals(0.317310507862914, ChiSquare.survival(1, 1), 1e-14);
        assertEquals(0.045500263896358, ChiSquare.survival(4, 1), 1e-14);
        assertEquals(0.002699796063260, ChiSquare.survival(9, 1), 1e-14);
    }

    /** For an even df it is e^(-x/2) times the sum of (x/2)^i / i! over i below df/2: a Poisson tail. */
    @Test
    void evenDegreesAreASum() {
        for (int df : new int[] {2, 4, 10, 40}) {
            for (double x : new double[] {0.01, 0.5, 3, df - 1, df, df + 2.5, 3 * df}) {
                double term = Math.exp(-x / 2);
                double sum = 0;
                for (int i = 0; i < df / 2; i++) {
                    sum += term;
                    term *= x / 2 / (i + 1);
                }
                assertEquals(sum, ChiSquare.survival(x, df), 1e-13, df + " degrees at " + x);
            }
        }
    }

    @Test
    void ends() {
        assertEquals(1, ChiSquare.survival(0, 3), 0);
        assertEquals(0, ChiSquare.survival(10_000, 3), 1e-300);
        Exception e = assertThrows(IllegalArgumentException.class, () -> ChiSquare.survival(-1, 3));
        assertEquals("need x from 0 on and df from 1 on, not [-1.0] and [3]", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> ChiSquare.survival(1, 0));
        assertThrows(IllegalArgumentException.class, () -> ChiSquare.survival(Double.NaN, 1));
    }
}
