package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hybridir.encoder.Manifest;
import org.hybridir.program.Processor;
import org.hybridir.trainer.artifact.Folders;
import org.hybridir.trainer.batch.Strategy;
import org.hybridir.trainer.data.TrainingData;
import org.hybridir.trainer.model.Adapter;
import org.hybridir.trainer.model.DualEncoder;
import org.hybridir.trainer.model.ShippedAdapters;
import org.hybridir.trainer.run.FinishedRun;
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
    private static final String CHECKPOINTS = "checkpoints";

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

    @Option(
            names = "--adapter",
            paramLabel = "NAME|DIR",
            completionCandidates = ShippedAdapters.class,
            description =
                    "Begins at this adapter of the base, in place of LoRA's first weights; the --lora options must be as"
                            + " it has them. Ships: ${COMPLETION-CANDIDATES}.")
    private Optional<String> adapter;

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
        Optional<Manifest> first = adapter.isPresent()
                ? Optional.of(AdapterArgument.read(spec, adapter.get(), Adapter::manifest))
                : Optional.empty();
        TrainingData pairs = training.withoutLeakage(training.read(out), out);
        try (StopSignal stop = new StopSignal();
                DualEncoder encoder = DualEncoder.open(
                        training.base(work, out),
                        own -> training.texts(own, first.orElse(own)),
                        settings.model(),
                        settings.loss(),
                        settings.threads(),
                        settings.seed())) {
            if (adapter.isPresent()) {
                begin(encoder, adapter.get());
            }
            stop.listen();
            return train(settings, encoder, pairs, work, stop, out);
        }
    }

    private void begin(DualEncoder encoder, String first) throws IOException {
        AdapterArgument.read(spec, first, opened -> {
            encoder.begin(opened);
            return opened;
        });
    }

    private void requireFree(Path work) throws IOException {
        Arguments.requireNew(spec, output);
        boolean begun = TrainingRun.reached(work.resolve(CHECKPOINTS)) > 0;
        if (begun && !resume) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--output: [" + work + "] holds a run that was not finished; go on with --resume, or remove it");
        }
        if (!begun && resume) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--resume: there is no checkpoint in [" + work + "]; leave --resume out to begin a run");
        }
    }

    private int train(
            RunSettings settings, DualEncoder encoder, TrainingData pairs, Path work, StopSignal stop, PrintWriter out)
            throws IOException {
        Files.createDirectories(work);
        TrainingProgress progress = new TrainingProgress(settings, encoder, out);
        Path checkpoints = work.resolve(CHECKPOINTS);
        TrainingRun run = new TrainingRun(settings, encoder, pairs, checkpoints, progress);
        ConfigFile.save(spec, work.resolve(TrainingCard.CONFIG));
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
        new FinishedRun(encoder, settings, pairs, training.leakage(), outcome, progress.seconds())
                .write(
                        name.orElse(output.getFileName().toString()),
                        work,
                        Optional.of(work.resolve(TrainingCard.CONFIG)),
                        output);
        Folders.delete(work);
        if (outcome.best().isPresent()) {
            out.println("The artifact has the weights of step " + outcome.bestStep() + ", the best validation"
                    + (outcome.isNoBetter() ? ", which is no better than that of the base" : ""));
        }
        out.println("Wrote " + output + "; its golden vectors were computed and verified.");
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
