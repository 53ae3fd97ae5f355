package org.hybridir.trainer.sweep;

/**
 * Values over seeds.
 *
 * @param mean of them
 * @param deviation sample standard deviation (n - 1 below); 0 for one value
 * @param count how many
 */
record Spread(double mean, double deviation, int count) {
    /** @param values at least one */
    static Spread of(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Spread(mean, values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)), values.length);
    }
}
