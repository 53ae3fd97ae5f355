package org.hybridir.trainer.batch;

import java.util.List;

/**
 * Draws what a step trains on, without an end. The same data, settings and strategy give the same batches. Not thread-safe.
 */
public interface BatchSampler {
    /** The batches of the next step, in order: one, or for multi-task two with weights. */
    List<Batch> next();

    /** Passes over steps that are done, as if each had been drawn. */
    default void skip(long steps) {
        for (long step = 0; step < steps; step++) {
            next();
        }
    }
}
