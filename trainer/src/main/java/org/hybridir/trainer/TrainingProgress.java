package org.hybridir.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import org.hybridir.program.Processor;
import org.hybridir.trainer.evaluate.ProgressBars;
import org.hybridir.trainer.model.DualEncoder;
import org.hybridir.trainer.run.MetricsFile;
import org.hybridir.trainer.run.RunSettings;
import org.hybridir.trainer.run.StepReport;
import org.hybridir.trainer.run.TrainingListener;
import org.hybridir.trainer.run.ValidationReport;

/** Shows a run: a bar with loss, pairs a second and memory; a line for each validation; and writes the metrics. */
final class TrainingProgress implements TrainingListener {
    /** Share of the newest loss in the one shown: single batches jump. */
    private static final double NEWEST = .05;

    private final RunSettings settings;
    private final DualEncoder encoder;
    private final PrintWriter out;
    private MetricsFile metrics;
    private ProgressBar bar;
    private double loss = Double.NaN;
    private long pairs;
    private double seconds;

    TrainingProgress(RunSettings settings, DualEncoder encoder, PrintWriter out) {
        this.settings = settings;
        this.encoder = encoder;
        this.out = out;
    }

    /** @param from the step that the run goes on from */
    void begin(MetricsFile file, long from) throws IOException {
        metrics = file;
        out.printf(
                Locale.ROOT,
                "Training [%s] %s, %,d of %,d numbers, %s, on %s%n",
                encoder.artifact().manifest().name(),
                settings.strategy().key(),
                encoder.trainedNumbers(),
                encoder.allNumbers(),
                settings.model().precision().key(),
                Processor.current().describe());
        if (from > 0) {
            out.printf(Locale.ROOT, "Going on from step %,d%n", from);
        }
        out.flush();
        bar = ProgressBars.of("Training", " steps", settings.schedule().steps());
        bar.stepTo(from);
    }

    @Override
    public void stepped(StepReport report) throws IOException {
        metrics.stepped(report);
        loss = Double.isNaN(loss) ? report.loss() : (1 - NEWEST) * loss + NEWEST * report.loss();
        pairs += report.pairs();
        seconds += report.seconds();
        bar.setExtraMessage(String.format(
                Locale.ROOT,
                " loss %.3f, %.1f pairs/s, %.1f GB",
                loss,
                pairs / seconds,
                Processor.residentBytes() / 1e9));
        bar.stepTo(report.step());
    }

    @Override
    public void validated(ValidationReport report) throws IOException {
        metrics.validated(report);
        StringBuilder line = new StringBuilder();
        for (Map.Entry<String, Double> map : report.map().entrySet()) {
            line.append(String.format(Locale.ROOT, ", mAP %s %.3f", map.getKey().replace('_', '-'), map.getValue()));
        }
        out.printf(
                Locale.ROOT,
                "%nstep %,d: validation loss %.3f, in-batch mAP %.3f%s%n",
                report.step(),
                report.loss(),
                report.batchMap(),
                line);
        out.flush();
    }

    void end() {
        bar.close();
    }

    List<JsonNode> metrics() throws IOException {
        return metrics.lines();
    }

    /** What all steps took, those before a resumption too. */
    double seconds() throws IOException {
        return metrics.seconds();
    }
}
