package org.hybridir.trainer.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * A classifier of {@link Inference} on frozen vectors. Immutable.
 *
 * <p>How strongly it is regularised is chosen on a fifth of the training pairs, whole premises at a time, by accuracy (equally
 * good: the stronger); then it is fitted to all of them. No test pair takes part in either.
 */
public final class Probe {
    /** Of the mean loss, for features of deviation 1. */
    private static final double[] STRENGTHS = {0.03, 0.1, 0.3, 1, 3};
    /** One premise in so many is held out for the choice. */
    private static final int HELD_OUT = 5;

    private static final int CLASSES = Inference.Label.values().length;

    private final PairFeatures features;
    private final SoftmaxRegression classifier;
    private final double strength;
    private final double heldOutAccuracy;

    private Probe(PairFeatures features, SoftmaxRegression classifier, double strength, double heldOutAccuracy) {
        this.features = features;
        this.classifier = classifier;
        this.strength = strength;
        this.heldOutAccuracy = heldOutAccuracy;
    }

    /**
     * Fits a probe.
     *
     * @param pairs such as XNLI's English development set; with at least five premises
     * @param vectors of all their texts
     */
    public static Probe train(List<Inference> pairs, Map<String, float[]> vectors) {
        List<Inference> fitted = new ArrayList<>();
        List<Inference> heldOut = new ArrayList<>();
        Map<String, Integer> premises = new TreeMap<>();
        for (Inference pair : pairs) {
            int premise = premises.computeIfAbsent(pair.premise(), text -> premises.size());
            (premise % HELD_OUT == HELD_OUT - 1 ? heldOut : fitted).add(pair);
        }
        if (heldOut.isEmpty()) {
            throw new IllegalArgumentException("a probe needs at least [" + HELD_OUT
                    + "] premises to be trained on, not [" + premises.size() + "]");
        }
        Probe best = null;
        for (double strength : STRENGTHS) {
            Probe probe = fit(fitted, vectors, strength, Double.NaN);
            double accuracy = probe.accuracy(heldOut, vectors);
            if (best == null || accuracy >= best.heldOutAccuracy) {
                best = new Probe(probe.features, probe.classifier, strength, accuracy);
            }
        }
        return fit(pairs, vectors, best.strength, best.heldOutAccuracy);
    }

    private static Probe fit(List<Inference> pairs, Map<String, float[]> vectors, double strength, double heldOut) {
        float[][] raw = pairs.stream().map(pair -> features(pair, vectors)).toArray(float[][]::new);
        PairFeatures features = new PairFeatures(raw);
        float[][] x = Arrays.stream(raw).map(features::standardised).toArray(float[][]::new);
        ToIntFunction<Inference> label = pair -> pair.label().ordinal();
        int[] y = pairs.stream().mapToInt(label).toArray();
        return new Probe(features, SoftmaxRegression.fit(x, y, CLASSES, strength), strength, heldOut);
    }

    private static float[] features(Inference pair, Map<String, float[]> vectors) {
        return PairFeatures.of(vectors.get(pair.premise()), vectors.get(pair.hypothesis()));
    }

    /**
     * The share of pairs whose label it tells; 1/3 is chance.
     *
     * @param vectors of all their texts
     */
    public double accuracy(List<Inference> pairs, Map<String, float[]> vectors) {
        long right = pairs.stream()
                .filter(pair -> classifier.classOf(features.standardised(features(pair, vectors)))
                        == pair.label().ordinal())
                .count();
        return right / (double) pairs.size();
    }

    /** How it was chosen, for people. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "L2 strength %s of %s, chosen by its accuracy of %.3f on held-out training pairs",
                strength,
                Arrays.toString(STRENGTHS),
                heldOutAccuracy);
    }

    /** L2 strength. */
    public double strength() {
        return strength;
    }

    /** Accuracy on the held-out pairs by which the strength was chosen. */
    public double heldOutAccuracy() {
        return heldOutAccuracy;
    }
}
