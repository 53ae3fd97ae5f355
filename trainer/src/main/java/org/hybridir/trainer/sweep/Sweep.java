package org.hybridir.trainer.sweep;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.ArtifactWriter;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;
import org.hybridir.encoder.Tokens;
import org.hybridir.measure.Measures;
import org.hybridir.measure.Setting;
import org.hybridir.trainer.artifact.Folders;
import org.hybridir.trainer.evaluate.JsonFile;
import org.hybridir.trainer.evaluate.OfflineEvaluation;
import org.hybridir.trainer.evaluate.OfflineResult;
import org.hybridir.trainer.evaluate.PhaseProgress;
import org.hybridir.trainer.evaluate.TextEncoder;
import org.hybridir.trainer.model.DualEncoder;
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
 * COLLECTION/results.md     and results.json, alpha.svg: of the runs finished so far, on one test collection
 * runs/RUN/COLLECTION.json  a run's result; it is not repeated
 * runs/RUN/metrics.jsonl    and training.svg: how it went
 * runs/RUN/checkpoints      from which it goes on; gone when it is finished
 * runs/RUN/encoder          its artifact, if encoders are kept
 * </pre>
 *
 * <p>A sweep may be stopped, or killed, at any time. The next one in the same folder goes on, with the same plan or a larger
 * or smaller one; results are those of a sweep that was never stopped, on the same machine with the same threads. The trained
 * weights are evaluated as they lie in memory.
 */
public final class Sweep {
    /** Marks a folder as a sweep's. */
    public static final String IDENTITY = "sweep.json";

    /** For people, in the folder of each collection. */
    public static final String TABLE = SweepReport.TABLE;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHECKPOINTS = "checkpoints";
    private static final String ENCODER = "encoder";

    private final SweepTask task;
    private final SweepPlan plan;
    private final Path folder;
    private final boolean keepEncoders;
    private final SweepListener listener;
    /** Results by run and collection. */
    private final Map<SweepRun, Map<String, RunResult>> results = new LinkedHashMap<>();

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
        for (SweepRun run : plan.runs()) {
            results.put(run, read(run));
        }
    }

    private Map<String, RunResult> read(SweepRun run) throws IOException {
        Map<String, RunResult> found = new LinkedHashMap<>();
        for (TestCollection collection : task.collections()) {
            read(folder, run, collection.name()).ifPresent(result -> found.put(collection.name(), result));
        }
        return found;
    }

    private static Optional<RunResult> read(Path folder, SweepRun run, String collection) throws IOException {
        Path file = file(folder, run, collection);
        return Files.exists(file) ? Optional.of(RunResult.read(file, run)) : Optional.empty();
    }

    /**
     * Makes the results of a sweep's finished runs again, from its files alone, without base and data.
     *
     * @return names of the collections
     */
    public static List<String> reportAgain(Path folder) throws IOException {
        List<String> collections;
        try (Stream<Path> children = Files.list(folder)) {
            collections = children.filter(child -> Files.exists(child.resolve(SweepReport.JSON)))
                    .map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
        for (String collection : collections) {
            SweepReport report =
                    SweepReport.withoutResults(folder.resolve(collection).resolve(SweepReport.JSON));
            List<RunResult> found = new ArrayList<>();
            for (SweepRun run : report.plan().runs()) {
                read(folder, run, collection).ifPresent(found::add);
            }
            report.with(found).write(folder.resolve(collection));
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
        return folder(folder, run);
    }

    private static Path folder(Path sweep, SweepRun run) {
        return sweep.resolve("runs").resolve(run.key());
    }

    private static Path file(Path sweep, SweepRun run, String collection) {
        return folder(sweep, run).resolve(collection + ".json");
    }

    private boolean finished(SweepRun run) {
        return results.get(run).size() == task.collections().size();
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
                Folders.delete(folder(run).resolve(CHECKPOINTS));
            }
        }
        report();
        for (SweepRun run : plan.runs()) {
            if (!finished(run)) {
                if (stop.getAsBoolean() || !train(run, stop)) {
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
            List<RunResult> found = plan.runs().stream()
                    .map(run -> results.get(run).get(collection.name()))
                    .filter(Objects::nonNull)
                    .toList();
            new SweepReport(task.describe(collection), plan, found)
                    .write(Files.createDirectories(folder.resolve(collection.name())));
        }
    }

    /** False if it was stopped. */
    private boolean train(SweepRun run, BooleanSupplier stop) throws IOException, InterruptedException {
        RunSettings settings = task.settings(run);
        Path work = Files.createDirectories(folder(run));
        try (DualEncoder encoder = task.open(settings)) {
            long from = TrainingRun.reached(work.resolve(CHECKPOINTS));
            MetricsFile metrics = new MetricsFile(work.resolve(TrainingCard.METRICS), from);
            TrainingListener told = listener.training(run, settings, encoder, metrics, from);
            TrainingRun.Outcome outcome =
                    new TrainingRun(settings, encoder, task.data(), work.resolve(CHECKPOINTS), told).run(stop);
            if (outcome.end() == TrainingRun.End.STOPPED) {
                return false;
            }
            JsonFile.writeText(work.resolve(TrainingCard.CHART), TrainingChart.of(metrics.lines()));
            // it is there if the sweep was stopped while this run was evaluated
            if (keepEncoders && !Files.exists(work.resolve(ENCODER))) {
                write(run, settings, encoder, outcome, metrics.seconds());
            }
            for (TestCollection collection : task.collections()) {
                if (!results.get(run).containsKey(collection.name())) {
                    RunResult result = evaluate(run, collection, encoder, outcome, metrics.seconds(), stop);
                    result.write(file(folder, run, collection.name()));
                    results.get(run).put(collection.name(), result);
                }
            }
            Folders.delete(work.resolve(CHECKPOINTS));
            return true;
        } catch (CancellationException e) {
            return false;
        }
    }

    private RunResult evaluate(
            SweepRun run,
            TestCollection collection,
            DualEncoder encoder,
            TrainingRun.Outcome outcome,
            double seconds,
            BooleanSupplier stop)
            throws IOException, InterruptedException {
        PhaseProgress progress = listener.evaluating(run, collection);
        OfflineResult result = new OfflineEvaluation(collection, texts(encoder, stop), progress)
                .run(
                        EnumSet.allOf(Setting.class),
                        Measures.defaults(),
                        task.common().threads());
        return new RunResult(
                run,
                outcome.steps(),
                RunResult.bestStep(outcome),
                seconds,
                result.report(),
                result.questions().ids().stream().distinct().toList(),
                RunResult.byId(result.questions()));
    }

    /** The encoder as it is now, which can be stopped between two lots of texts. */
    private static TextEncoder texts(DualEncoder encoder, BooleanSupplier stop) {
        return (texts, role) -> {
            if (stop.getAsBoolean()) {
                throw new CancellationException("stopped while an evaluation was running");
            }
            return encode(encoder, texts, role);
        };
    }

    private static List<Encoding> encode(DualEncoder encoder, List<String> texts, TextRole role) {
        List<Tokens> tokens =
                texts.stream().map(text -> encoder.tokenize(text, role)).toList();
        float[][] vectors = encoder.vectors(tokens);
        List<Encoding> encodings = new ArrayList<>();
        for (int i = 0; i < vectors.length; i++) {
            encodings.add(new Encoding(
                    vectors[i], tokens.get(i).ids().length, tokens.get(i).truncated()));
        }
        return encodings;
    }

    private void write(
            SweepRun run, RunSettings settings, DualEncoder encoder, TrainingRun.Outcome outcome, double seconds)
            throws IOException {
        Path work = folder(run);
        ArtifactWriter.write(
                encoder.spec(TrainingCard.manifest(
                        run.key(), encoder, settings, task.data(), task.leakage(), outcome, seconds)),
                work.resolve(ENCODER),
                Map.of(
                        TrainingCard.METRICS, work.resolve(TrainingCard.METRICS),
                        TrainingCard.CHART, work.resolve(TrainingCard.CHART)));
    }
}
