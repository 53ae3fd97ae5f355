package org.hybridir.trainer.probe;

import java.util.Arrays;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.apache.commons.math3.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;

/**
 * Multinomial logistic regression: p(c|x) = softmax(W x + b)_c, fitted by minimising the mean of -log p over the training
 * examples plus strength/2 * |W|^2; the intercepts b are free. The problem is convex, and conjugate gradients find the one
 * solution from any start: nothing is random.
 */
final class SoftmaxRegression {
    /** Relative change of the loss at which the search ends: accuracies do not move any more. */
    private static final double ENOUGH = 1e-5;

    private static final int MOST_EVALUATIONS = 20_000;

    private final int classes;
    private final int features;
    /** [class][feature], then [class]: the intercepts. */
    private final double[] weights;

    private SoftmaxRegression(int classes, int features, double[] weights) {
        this.classes = classes;
        this.features = features;
        this.weights = weights;
    }

    /**
     * Fits.
     *
     * @param x [example][feature], at least one
     * @param y class of each example, from 0 on
     * @param strength of the regularisation, above 0
     */
    static SoftmaxRegression fit(float[][] x, int[] y, int classes, double strength) {
        if (x.length == 0 || x.length != y.length || !(strength > 0)) {
            throw new IllegalArgumentException("[" + x.length + "] examples need as many classes [" + y.length
                    + "], at least one, and a strength above 0, not [" + strength + "]");
        }
        Loss loss = new Loss(x, y, classes, strength);
        NonLinearConjugateGradientOptimizer search = new NonLinearConjugateGradientOptimizer(
                NonLinearConjugateGradientOptimizer.Formula.POLAK_RIBIERE, new SimpleValueChecker(ENOUGH, ENOUGH));
        PointValuePair best = search.optimize(
                new ObjectiveFunction(loss::value),
                new ObjectiveFunctionGradient(loss::gradient),
                GoalType.MINIMIZE,
                new InitialGuess(new double[classes * (x[0].length + 1)]),
                new MaxEval(MOST_EVALUATIONS));
        return new SoftmaxRegression(classes, x[0].length, best.getPoint());
    }

    /** The likeliest class; of equally likely ones the first. */
    int classOf(float[] example) {
        double[] logits = logits(weights, example, classes, features);
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = logits[c] > logits[best] ? c : best;
        }
        return best;
    }

    private static double[] logits(double[] weights, float[] example, int classes, int features) {
        double[] logits = new double[classes];
        for (int c = 0; c < classes; c++) {
            double sum = weights[classes * features + c];
            for (int i = 0; i < features; i++) {
                sum += weights[c * features + i] * example[i];
            }
            logits[c] = sum;
        }
        return logits;
    }

    /** The mean loss and its gradient. */
    record Loss(float[][] x, int[] y, int classes, double strength) {
        double value(double[] weights) {
            double sum = 0;
            for (int example = 0; example < x.length; example++) {
                sum -= Math.log(probabilities(weights, x[example])[y[example]]);
            }
            double squares = 0;
            for (int i = 0; i < classes * x[0].length; i++) {
                squares += weights[i] * weights[i];
            }
            return sum / x.length + strength / 2 * squares;
        }

        double[] gradient(double[] weights) {
            int features = x[0].length;
            double[] gradient = new double[weights.length];
            for (int i = 0; i < classes * features; i++) {
                gradient[i] = strength * weights[i];
            }
            for (int example = 0; example < x.length; example++) {
                double[] error = probabilities(weights, x[example]);
                error[y[example]]--;
                for (int c = 0; c < classes; c++) {
                    double share = error[c] / x.length;
                    gradient[classes * features + c] += share;
                    for (int i = 0; i < features; i++) {
                        gradient[c * features + i] += share * x[example][i];
                    }
                }
            }
            return gradient;
        }

        private double[] probabilities(double[] weights, float[] example) {
            double[] logits = logits(weights, example, classes, x[0].length);
            double highest = Arrays.stream(logits).max().getAsDouble();
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                logits[c] = Math.exp(logits[c] - highest);
                sum += logits[c];
            }
            for (int c = 0; c < classes; c++) {
                // never 0: the logarithm of a hopeless guess is large, not infinite
                logits[c] = Math.max(logits[c] / sum, Double.MIN_NORMAL);
            }
            return logits;
        }
    }
}
