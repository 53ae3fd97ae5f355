package org.hybridir.trainer.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hybridir.trainer.probe.Inference.Label;
import org.junit.jupiter.api.Test;

class ProbeTest {
    @Test
    void featuresOfAPairByHand() {
        assertArrayEquals(
                new float[] {1, -2, 3, 4, 2, 6, 3, -8}, PairFeatures.of(new float[] {1, -2}, new float[] {3, 4}));
    }

    /** Mean 2 and deviation 1; the second feature never varies. */
    @Test
    void featuresAreStandardised() {
        PairFeatures features = new PairFeatures(new float[][] {{1, 7}, {3, 7}});
        assertArrayEquals(new float[] {-1, 0}, features.standardised(new float[] {1, 7}));
        assertArrayEquals(new float[] {2, 0}, features.standardised(new float[] {4, 9}));
    }

    /** A world in which the vectors' difference tells the label: the probe must find that in texts it has not seen. */
    @Test
    void findsWhatVectorsHoldAndNothingMore() {
        Random random = new Random(5);
        Map<String, float[]> telling = new HashMap<>();
        Map<String, float[]> silent = new HashMap<>();
        List<Inference> training = world(random, "t", 100, telling, silent);
        List<Inference> test = world(random, "x", 100, telling, silent);
        assertTrue(Probe.train(training, telling).accuracy(test, telling) > .9);
        double chance = Probe.train(training, silent).accuracy(test, silent);
        assertTrue(chance > .2 && chance < .46, "accuracy without information " + chance);
    }

    private static List<Inference> world(
            Random random, String name, int premises, Map<String, float[]> telling, Map<String, float[]> silent) {
        List<Inference> pairs = new ArrayList<>();
        for (int i = 0; i < premises; i++) {
            String premise = name + i;
            float[] u = gaussian(random);
            telling.put(premise, u);
            silent.put(premise, gaussian(random));
            for (Label label : Label.values()) {
                String hypothesis = premise + label;
                float[] v = u.clone();
                v[label.ordinal()] += 2;
                telling.put(hypothesis, v);
                silent.put(hypothesis, gaussian(random));
                pairs.add(new Inference(premise, hypothesis, label));
            }
        }
        return pairs;
    }

    private static float[] gaussian(Random random) {
        float[] vector = new float[4];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    @Test
    void needsPremises() {
        Map<String, float[]> vectors = Map.of("a", new float[] {1}, "b", new float[] {2});
        assertEquals(
                "a probe needs at least [5] premises to be trained on, not [1]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Probe.train(List.of(new Inference("a", "b", Label.NEUTRAL)), vectors))
                        .getMessage());
    }
}
