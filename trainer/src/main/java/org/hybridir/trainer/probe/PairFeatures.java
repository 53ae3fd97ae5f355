package org.hybridir.trainer.probe;

/**
 * One vector of a pair of texts: [u, v, |u - v|, u * v], u and v being the texts' vectors (InferSent, Conneau et al., 2017,
 * arXiv 1705.02364). Then each feature is brought to mean 0 and deviation 1 over the training pairs, so that one strength of
 * regularisation suits all four parts.
 */
final class PairFeatures {
    private static final int PARTS = 4;

    private final double[] mean;
    private final double[] scale;

    /** @param training what mean and deviation are taken of; at least one */
    PairFeatures(float[][] training) {
        int n = training[0].length;
        mean = new double[n];
        scale = new double[n];
        for (float[] features : training) {
            for (int i = 0; i < n; i++) {
                mean[i] += features[i] / training.length;
            }
        }
        for (float[] features : training) {
            for (int i = 0; i < n; i++) {
                double from = features[i] - mean[i];
                scale[i] += from * from / training.length;
            }
        }
        for (int i = 0; i < n; i++) {
            // a feature that never varies says nothing
            scale[i] = scale[i] == 0 ? 0 : 1 / Math.sqrt(scale[i]);
        }
    }

    /** [u, v, |u - v|, u * v]. */
    static float[] of(float[] u, float[] v) {
        int n = u.length;
        float[] features = new float[PARTS * n];
        for (int i = 0; i < n; i++) {
            features[i] = u[i];
            features[n + i] = v[i];
            features[2 * n + i] = Math.abs(u[i] - v[i]);
            features[3 * n + i] = u[i] * v[i];
        }
        return features;
    }

    float[] standardised(float[] features) {
        float[] standardised = new float[features.length];
        for (int i = 0; i < features.length; i++) {
            standardised[i] = (float) ((features[i] - mean[i]) * scale[i]);
        }
        return standardised;
    }
}
