package org.hybridir.trainer.run;

/**
 * The learning rate over the steps: it rises linearly to its peak, then falls.
 *
 * @param shape how it falls
 * @param peak the highest rate, above 0
 * @param warmUp the share of all steps in which it rises, in [0, 1)
 * @param steps of the whole run
 */
public record Schedule(Shape shape, double peak, double warmUp, long steps) {
    /** How the rate falls from its peak to zero at the last step. */
    public enum Shape {
        CONSTANT,
        LINEAR,
        COSINE
    }

    public Schedule {
        if (!(peak > 0)) {
            throw new IllegalArgumentException("the learning rate is [" + peak + "]; it must be above [0]");
        }
        if (!(warmUp >= 0 && warmUp < 1)) {
            throw new IllegalArgumentException(
                    "the warm-up is [" + warmUp + "]; it is a share of the steps, at least [0] and below [1]");
        }
        if (steps < 1) {
            throw new IllegalArgumentException("the steps are [" + steps + "]; there must be at least [1]");
        }
    }

    /** @param step the first is 1 */
    public double rate(long step) {
        double rising = warmUp * steps;
        if (step <= rising) {
            return peak * step / rising;
        }
        double left = (steps - step) / (steps - Math.floor(rising));
        // the last step still moves: it has the rate that leads to zero after it
        double share = Math.min(1, left + 1 / (steps - Math.floor(rising)));
        return switch (shape) {
            case CONSTANT -> peak;
            case LINEAR -> peak * share;
            case COSINE -> peak * (1 - Math.cos(Math.PI * share)) / 2;
        };
    }
}
