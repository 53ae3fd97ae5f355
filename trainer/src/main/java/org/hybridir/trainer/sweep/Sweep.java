package org.hybridir.trainer.sweep;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.measure.Measures;
import org.hybridir.measure.Setting;
import org.hybridir.trainer.artifact.Folders;
import org.hybridir.trainer.evaluate.JsonFile;
import org.hybridir.trainer.evaluate.OfflineEvaluation;
import org.hybridir.trainer.evaluate.OfflineResult;
import org.hybridir.trainer.evaluate.PhaseProgress;
import org.hybridir.trainer.evaluate.TextEncoder;
import org.hybridir.trainer.model.DualEncoder;
import org.hybridir.trainer.run.FinishedRun;
import org.hybridir.trainer.run.MetricsFile;
import org.hybridir.trainer.run.RunSettings;
import org.hybridir.trainer.run.TrainingCard;
import org.hybridir.trainer.run.TrainingChart;
import org.hybridir.trainer.run.TrainingListener;
import org.hybridir.trainer.run.TrainingRun;

/**
 * Trains and evaluates the runs of a plan, one after the other, in a folder:
 *
 * <pre>
 * sweep.json                what must be the same when it goes on
 * COLLECTION/results.md     and results.json, alpha.svg: of all runs finished so far, on one test collection
 * runs/RUN/COLLECTION.json  a run's result; it is not repeated
 * runs/RUN/metrics.jsonl    and training.svg: how it went
 * runs/RUN/checkpoints      from which it goes on, at last its artifact; gone when it is finished
 * runs/RUN/encoder          the artifact, if encoders are kept
 * </pre>
 *
 * <p>A sweep may be stopped, or killed, at any time. The next one in the same folder goes on, with the same plan or a larger
 * or smaller one; results are those of a sweep that was never stopped, on the same machine with the same threads. What is
 * evaluated is the artifact, opened as a node opens it, in the number format of the training.
 */
public final class Sweep {
    /** Marks a folder as a sweep's. */
    public static final String IDENTITY = "sweep.json";

    /** In a sweep's folder: the options that it was begun with. */
    public static final String OPTIONS = "sweep.yaml";

    /** For people, in the folder of each collection. */
    public static final String TABLE = SweepReport.TABLE;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RUNS = "runs";
    private static final String JSON_ENDING = ".json";
    private static final String CHECKPOINTS = "checkpoints";
    private static final String ENCODER = "encoder";

    private final SweepTask task;
    private final SweepPlan plan;
    private final Path folder;
    private final boolean keepEncoders;
    private final SweepListener listener;

    /**
     * Begins a sweep, or goes on with one.
     *
     * @param folder a new one, or one of a sweep before
     * @param keepEncoders whether finished runs leave an artifact
     * @throws IllegalArgumentException if the data does not do for a strategy, or the folder's sweep is another one
     */
    public Sweep(SweepTask task, SweepPlan plan, Path folder, boolean keepEncoders, SweepListener listener)
            throws IOException {
        this.task = task;
        this.plan = plan;
        this.folder = folder;
        this.keepEncoders = keepEncoders;
        this.listener = listener;
        task.check(plan);
        begin();
        for (TestCollection collection : task.collections()) {
            // names a broken file now, not after hours
            results(folder, plan, collection.name());
        }
    }

    /** The results on a collection of all runs that are finished, whichever plan they were of. */
    private static List<RunResult> results(Path folder, SweepPlan plan, String collection) throws IOException {
        List<RunResult> results = new ArrayList<>();
        for (Path run : children(folder.resolve(RUNS))) {
            Path file = run.resolve(collection + JSON_ENDING);
            if (Files.exists(file)) {
                results.add(RunResult.read(file));
            }
        }
        List<SweepRun> order = plan.runs();
        results.sort(Comparator.comparingInt(
                result -> order.contains(result.run()) ? order.indexOf(result.run()) : order.size()));
        return results;
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }

    /**
     * Makes the results of a sweep's finished runs again, from its files alone, without base and data.
     *
     * @return names of the collections
     */
    public static List<String> reportAgain(Path folder) throws IOException {
        List<String> collections = new ArrayList<>();
        for (Path results : children(folder)) {
            if (Files.exists(results.resolve(SweepReport.JSON))) {
                SweepReport report = SweepReport.withoutResults(results.resolve(SweepReport.JSON));
                String collection = results.getFileName().toString();
                report.with(results(folder, report.plan(), collection)).write(results);
                collections.add(collection);
            }
        }
        return collections;
    }

    private void begin() throws IOException {
        Path file = folder.resolve(IDENTITY);
        Map<String, Object> now = task.identity();
        if (!Files.exists(file)) {
            Files.createDirectories(folder);
            JsonFile.write(file, now);
            return;
        }
        Map<String, Object> then = JSON.readValue(file.toFile(), new TypeReference<>() {});
        for (Map.Entry<String, Object> part : now.entrySet()) {
            if (!part.getValue().equals(then.get(part.getKey()))) {
                throw new IllegalArgumentException("the sweep in [" + folder + "] was begun with other values of ["
                        + part.getKey() + "]; resume with the same ones, or begin a new one in another folder\n  then: "
                        + then.get(part.getKey()) + "\n  now:  " + part.getValue());
            }
        }
    }

    private Path folder(SweepRun run) {
        return folder.resolve(RUNS).resolve(run.key());
    }

    private Path file(SweepRun run, TestCollection collection) {
        return folder(run).resolve(collection.name() + JSON_ENDING);
    }

    private Path checkpoints(SweepRun run) {
        return folder(run).resolve(CHECKPOINTS);
    }

    /** One that is not kept goes with the checkpoints. */
    private Path artifact(SweepRun run) {
        return (keepEncoders ? folder(run) : checkpoints(run)).resolve(ENCODER);
    }

    private boolean finished(SweepRun run) {
        return task.collections().stream().allMatch(collection -> Files.exists(file(run, collection)));
    }

    /**
     * Runs what is not finished yet, and writes the results after each run.
     *
     * @param stop asked after each step, and between the parts of an evaluation
     * @return whether all runs are finished; else it was stopped, and can go on
     */
    public boolean run(BooleanSupplier stop) throws IOException, InterruptedException {
        for (SweepRun run : plan.runs()) {
            if (finished(run)) {
                listener.found(run);
                // if the sweep ended between the result and this
                Folders.delete(checkpoints(run));
            }
        }
        report();
        for (SweepRun run : plan.runs()) {
            if (!finished(run)) {
                if (stop.getAsBoolean() || !finish(run, stop)) {
                    return false;
                }
                report();
                listener.finished(run);
            }
        }
        return true;
    }

    private void report() throws IOException {
        for (TestCollection collection : task.collections()) {
            new SweepReport(task.describe(collection), plan, results(folder, plan, collection.name()))
                    .write(Files.createDirectories(folder.resolve(collection.name())));
        }
    }

    /** Trains and evaluates; false if it was stopped. */
    private boolean finish(SweepRun run, BooleanSupplier stop) throws IOException, InterruptedException {
        Path work = Files.createDirectories(folder(run));
        long from = TrainingRun.reached(checkpoints(run));
        MetricsFile metrics = new MetricsFile(work.resolve(TrainingCard.METRICS), from);
        TrainingRun.Outcome outcome = train(run, metrics, from, stop);
        if (outcome.end() == TrainingRun.End.STOPPED || !evaluate(run, outcome, metrics.seconds(), stop)) {
            return false;
        }
        Folders.delete(checkpoints(run));
        return true;
    }

    /** Writes the artifact, if the training comes to its end. */
    private TrainingRun.Outcome train(SweepRun run, MetricsFile metrics, long from, BooleanSupplier stop)
            throws IOException, InterruptedException {
        RunSettings settings = task.settings(run);
        try (DualEncoder encoder = task.open(settings)) {
            TrainingListener told = listener.training(run, settings, encoder, metrics, from);
            TrainingRun.Outcome outcome =
                    new TrainingRun(settings, encoder, task.data(), checkpoints(run), told).run(stop);
            // it is there if the sweep was stopped while this run was evaluated
            if (outcome.end() != TrainingRun.End.STOPPED && !Files.exists(artifact(run))) {
                Path work = folder(run);
                JsonFile.writeText(work.resolve(TrainingCard.CHART), TrainingChart.of(metrics.lines()));
                new FinishedRun(encoder, settings, task.data(), task.leakage(), outcome, metrics.seconds())
                        .write(run.key(), work, options(), artifact(run));
            }
            return outcome;
        }
    }

    private Optional<Path> options() {
        return Optional.of(folder.resolve(OPTIONS)).filter(Files::exists);
    }

    /** On each collection that it has no result for; false if it was stopped. */
    private boolean evaluate(SweepRun run, TrainingRun.Outcome outcome, double seconds, BooleanSupplier stop)
            throws IOException, InterruptedException {
        EncoderOptions options = EncoderOptions.defaults()
                .withThreads(task.common().threads())
                .withPrecision(task.common().model().precision());
        try (Encoder encoder = Encoder.open(artifact(run), options)) {
            for (TestCollection collection : task.collections()) {
                if (!Files.exists(file(run, collection))) {
                    evaluate(run, collection, texts(encoder, stop), outcome, seconds)
                            .write(file(run, collection));
                }
            }
            return true;
        } catch (CancellationException e) {
            return false;
        }
    }

    private RunResult evaluate(
            SweepRun run, TestCollection collection, TextEncoder encoder, TrainingRun.Outcome outcome, double seconds)
            throws IOException, InterruptedException {
        PhaseProgress progress = listener.evaluating(run, collection);
        OfflineResult result = new OfflineEvaluation(collection, encoder, progress)
                .run(
                        EnumSet.allOf(Setting.class),
                        Measures.defaults(),
                        task.common().threads());
        return new RunResult(
                run,
                outcome.steps(),
                outcome.bestStep(),
                seconds,
                result.report(),
                result.questions().ids().stream().distinct().toList(),
                RunResult.byId(result.questions()));
    }

    /** An encoder that can be stopped between two lots of texts. */
    private static TextEncoder texts(Encoder encoder, BooleanSupplier stop) {
        return (texts, role) -> {
            if (stop.getAsBoolean()) {
                throw new CancellationException("stopped while an evaluation was running");
            }
            return encoder.encode(texts, role);
        };
    }
}
