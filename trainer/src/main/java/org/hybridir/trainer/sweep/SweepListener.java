package org.hybridir.trainer.sweep;

import java.io.IOException;
import org.hybridir.collection.TestCollection;
import org.hybridir.trainer.evaluate.PhaseProgress;
import org.hybridir.trainer.model.DualEncoder;
import org.hybridir.trainer.run.MetricsFile;
import org.hybridir.trainer.run.RunSettings;
import org.hybridir.trainer.run.TrainingListener;

/** Is told how a sweep goes, on its thread. */
public interface SweepListener {
    /** A run was finished by a call before this one, and is not repeated. */
    default void found(SweepRun run) {}

    /**
     * A run begins.
     *
     * @param metrics the run's; whoever is told of its steps must tell them on
     * @param from the step that it goes on from
     * @return who is told of its steps
     */
    default TrainingListener training(
            SweepRun run, RunSettings settings, DualEncoder encoder, MetricsFile metrics, long from)
            throws IOException {
        return metrics;
    }

    /** A run is trained; gives who is told of its evaluation on a collection. */
    default PhaseProgress evaluating(SweepRun run, TestCollection collection) {
        return PhaseProgress.SILENT;
    }

    /** A run is evaluated and its results saved. */
    default void finished(SweepRun run) {}
}
