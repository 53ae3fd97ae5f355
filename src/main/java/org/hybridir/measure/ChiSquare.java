package org.hybridir.measure;

/**
 * The chi-square distribution's survival function, the regularised incomplete gamma function Q(df/2, x/2): by the series of
 * its complement left of the mean, by Legendre's continued fraction right of it (Press et al., Numerical Recipes, 6.2).
 */
final class ChiSquare {
    private static final double PRECISION = 1e-15;
    private static final double TINY = 1e-300;
    /** Both converge in about as many steps as the square root of df times a small number. */
    private static final int MOST_STEPS = 100_000;

    private ChiSquare() {}

    /**
     * The probability that a chi-square variable exceeds x.
     *
     * @param x at least 0
     * @param df degrees of freedom, at least 1
     */
    static double survival(double x, int df) {
        if (!(x >= 0) || df < 1) {
            throw new IllegalArgumentException("need x from 0 on and df from 1 on, not [" + x + "] and [" + df + "]");
        }
        if (x == 0) {
            return 1;
        }
        double a = df / 2.0;
        double half = x / 2;
        double factor = Math.exp(a * Math.log(half) - half - logGamma(df));
        return half < a + 1 ? 1 - factor * series(a, half) : factor * fraction(a, half);
    }

    /** sum over n of x^n / (a (a+1) ... (a+n)) */
    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MOST_STEPS && term > sum * PRECISION; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    /** 1/(x+1-a- 1(1-a)/(x+3-a- 2(2-a)/(x+5-a- ...))), by Lentz's method. */
    private static double fraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double value = d;
        for (int n = 1; n < MOST_STEPS; n++) {
            double numerator = -n * (n - a);
            b += 2;
            d = 1 / notZero(numerator * d + b);
            c = notZero(b + numerator / c);
            value *= c * d;
            if (Math.abs(c * d - 1) < PRECISION) {
                break;
            }
        }
        return value;
    }

    private static double notZero(double number) {
        return Math.abs(number) < TINY ? TINY : number;
    }

    /** log Gamma(df/2), by Gamma(x + 1) = x Gamma(x) from Gamma(1) = 1 or Gamma(1/2) = sqrt(pi). */
    private static double logGamma(int df) {
        double log = df % 2 == 0 ? 0 : Math.log(Math.PI) / 2;
        for (double x = df % 2 == 0 ? 1 : 0.5; x < df / 2.0; x++) {
            log += Math.log(x);
        }
        return log;
    }
}
