package org.hybridir.program;

/** A matrix product in 8 bits, in whole numbers and loops. */
record PlainInt8(int largestLevel) {
    /** @return {@code x w^T + bias}, with x of [rows,k] and w of [outputs,k] rounded to levels */
    float[] product(float[] x, int rows, float[] w, float[] bias) {
        float least = 0;
        float largest = 0;
        for (float value : x) {
            least = Math.min(least, value);
            largest = Math.max(largest, value);
        }
        double scale = ((double) largest - least) / largestLevel;
        int zero = (int) Math.rint(-least / scale);
        int k = x.length / rows;
        float[] result = new float[rows * bias.length];
        for (int row = 0; row < rows; row++) {
            for (int out = 0; out < bias.length; out++) {
                double weightScale = scale(w, out * k, k);
                long sum = 0;
                for (int i = 0; i < k; i++) {
                    long level = Math.clamp((long) Math.rint(x[row * k + i] / scale) + zero, 0, largestLevel);
                    sum += (level - zero) * (long) Math.rint(w[out * k + i] / weightScale);
                }
                result[row * bias.length + out] = (float) (sum * scale * weightScale + bias[out]);
            }
        }
        return result;
    }

    private static double scale(float[] w, int from, int length) {
        double largest = 0;
        for (int i = from; i < from + length; i++) {
            largest = Math.max(largest, Math.abs(w[i]));
        }
        return largest / 127;
    }
}
