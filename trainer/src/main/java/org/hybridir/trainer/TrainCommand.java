package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hybridir.encoder.ArtifactWriter;
import org.hybridir.encoder.Manifest;
import org.hybridir.program.Processor;
import org.hybridir.trainer.artifact.Folders;
import org.hybridir.trainer.batch.Strategy;
import org.hybridir.trainer.data.TrainingData;
import org.hybridir.trainer.model.Adapter;
import org.hybridir.trainer.model.DualEncoder;
import org.hybridir.trainer.run.MetricsFile;
import org.hybridir.trainer.run.RunSettings;
import org.hybridir.trainer.run.TrainingCard;
import org.hybridir.trainer.run.TrainingChart;
import org.hybridir.trainer.run.TrainingRun;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description = {
            "Fine-tunes a multilingual dual encoder on pairs of query and passage, and writes an artifact that the node",
            "opens. Ctrl-C finishes the step and saves; --resume goes on."
        })
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = {
                "The trained artifact; must not exist. Checkpoints and metrics lie beside it, in DIR.training, until it is done."
            })
    private Path output;

    @Option(names = "--resume", description = "Goes on from the checkpoint in OUTPUT.training.")
    private boolean resume;

    @Option(names = "--name", description = "The artifact's name (default: the output folder's).")
    private Optional<String> name;

    @ArgGroup(order = 1, heading = "%nStrategy%n", exclusive = false, validate = false)
    private Choice choice = new Choice();

    /** What a sweep compares. */
    static final class Choice {
        @Option(
                names = "--strategy",
                defaultValue = "hybrid",
                paramLabel = "NAME",
                description = "monolingual, cross-lingual, hybrid, multi-task, mixed.")
        private String strategy;

        @Option(
                names = "--alpha",
                defaultValue = "0.5",
                paramLabel = "SHARE",
                description = "hybrid: the probability of a monolingual batch.")
        private double alpha;

        @Option(names = "--seed", defaultValue = "0", paramLabel = "N", description = "Of everything random.")
        private long seed;
    }

    @Override
    public Integer call() throws IOException {
        training.readConfig();
        Path work = output.resolveSibling(output.getFileName() + ".training");
        requireFree(work);
        PrintWriter out = spec.commandLine().getOut();
        Strategy strategy = Arguments.read(spec, () -> Strategy.of(choice.strategy));
        RunSettings settings = training.settings(strategy, choice.alpha, choice.seed, Processor.current(), out);
        TrainingData pairs = training.withoutLeakage(training.read(out), out);
        try (StopSignal stop = new StopSignal();
                DualEncoder encoder = DualEncoder.open(
                        training.base(work, out),
                        training::texts,
                        settings.model(),
                        settings.loss(),
                        settings.threads(),
                        settings.seed())) {
            stop.listen();
            return train(settings, encoder, pairs, work, stop, out);
        }
    }

    private void requireFree(Path work) {
        Arguments.requireNew(spec, output);
        if (Files.exists(work) && !resume) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--output: [" + work + "] holds a run that was not finished; go on with --resume, or remove it");
        }
        if (!Files.exists(work) && resume) {
            throw new ParameterException(
                    spec.commandLine(), "--resume: there is no run in [" + work + "]; leave --resume out to begin one");
        }
    }

    private int train(
            RunSettings settings, DualEncoder encoder, TrainingData pairs, Path work, StopSignal stop, PrintWriter out)
            throws IOException {
        Files.createDirectories(work);
        ConfigFile.save(spec, work.resolve(TrainingCard.CONFIG));
        TrainingProgress progress = new TrainingProgress(settings, encoder, out);
        Path checkpoints = work.resolve("checkpoints");
        TrainingRun run = new TrainingRun(settings, encoder, pairs, checkpoints, progress);
        long from = TrainingRun.reached(checkpoints);
        progress.begin(new MetricsFile(work.resolve(TrainingCard.METRICS), from), from);
        TrainingRun.Outcome outcome = run.run(stop::asked);
        progress.end();
        Files.writeString(work.resolve(TrainingCard.CHART), TrainingChart.of(progress.metrics()));
        if (outcome.end() == TrainingRun.End.STOPPED) {
            out.println("Stopped after step " + outcome.steps() + ", saved in " + work + "; --resume goes on");
            out.flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
        Manifest manifest = TrainingCard.manifest(
                name.orElse(output.getFileName().toString()),
                encoder,
                settings,
                pairs,
                training.leakage(),
                outcome,
                progress.seconds());
        Optional<Adapter> adapter = encoder.adapter(manifest);
        if (adapter.isPresent()) {
            Folders.delete(work.resolve(Adapter.FOLDER));
            adapter.get().write(work.resolve(Adapter.FOLDER));
        }
        ArtifactWriter.write(encoder.spec(manifest), output, TrainingCard.files(work));
        Folders.delete(work);
        outcome.best()
                .ifPresent(best -> out.println(
                        best.step() == 0
                                ? "No validation was better than that of the base: the artifact has the last step's weights"
                                : "The artifact has the weights of step " + best.step() + ", the best validation"));
        out.println("Wrote " + output + "; its golden vectors were computed and verified.");
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
