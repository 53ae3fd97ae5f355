package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import org.hybridir.collection.TestCollection;
import org.hybridir.trainer.evaluate.PhaseProgress;
import org.hybridir.trainer.evaluate.ProgressBars;
import org.hybridir.trainer.model.DualEncoder;
import org.hybridir.trainer.run.MetricsFile;
import org.hybridir.trainer.run.RunSettings;
import org.hybridir.trainer.run.TrainingListener;
import org.hybridir.trainer.sweep.SweepListener;
import org.hybridir.trainer.sweep.SweepPlan;
import org.hybridir.trainer.sweep.SweepRun;

/** Shows a sweep: which run it is at, and that run's own bars. */
final class SweepProgress implements SweepListener, AutoCloseable {
    private final SweepPlan plan;
    private final PrintWriter out;
    private TrainingProgress training;

    SweepProgress(SweepPlan plan, PrintWriter out) {
        this.plan = plan;
        this.out = out;
    }

    private void say(SweepRun run, String what) {
        out.println(
                "Run " + (plan.runs().indexOf(run) + 1) + " of " + plan.runs().size() + ", " + run.key() + ": " + what);
        out.flush();
    }

    @Override
    public void found(SweepRun run) {
        say(run, "finished before");
    }

    @Override
    public TrainingListener training(
            SweepRun run, RunSettings settings, DualEncoder encoder, MetricsFile metrics, long from)
            throws IOException {
        say(run, "training");
        training = new TrainingProgress(settings, encoder, out);
        training.begin(metrics, from);
        return training;
    }

    @Override
    public PhaseProgress evaluating(SweepRun run, TestCollection collection) {
        close();
        say(run, "evaluating on " + collection.name());
        return new ProgressBars();
    }

    @Override
    public void finished(SweepRun run) {
        say(run, "finished");
    }

    /** Ends a bar that is still there. */
    @Override
    public void close() {
        if (training != null) {
            training.end();
            training = null;
        }
    }
}
