package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.hybridir.collection.CollectionSource;
import org.hybridir.collection.TestCollection;
import org.hybridir.program.Processor;
import org.hybridir.trainer.batch.Strategy;
import org.hybridir.trainer.data.TrainingData;
import org.hybridir.trainer.run.RunSettings;
import org.hybridir.trainer.sweep.Sweep;
import org.hybridir.trainer.sweep.SweepPlan;
import org.hybridir.trainer.sweep.SweepTask;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description = {
            "Compares strategies: trains each with each seed, all with the same data and",
            "steps, evaluates them on test collections, and writes for each of these",
            "results.md, results.json and alpha.svg. Pairs of strategies are tested by a",
            "randomisation test over the questions' average precision. Ctrl-C finishes",
            "the step and saves; --resume goes on, and repeats no finished run."
        })
final class SweepCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "Folder of runs and results; new, or with --resume that of a sweep that was interrupted.")
    private Path output;

    @Option(
            names = "--resume",
            description =
                    "Goes on with the sweep in OUTPUT. Strategies, alphas and seeds may be others; the results are of all"
                            + " runs.")
    private boolean resume;

    @Option(
            names = "--report",
            description = "Trains nothing: makes the results in OUTPUT again from its finished runs, and prints them.")
    private boolean report;

    @Option(names = "--keep-encoders", description = "Each run leaves its artifact, in OUTPUT/runs/RUN/encoder.")
    private boolean keepEncoders;

    @ArgGroup(order = 1, heading = "%nComparison%n", exclusive = false, validate = false)
    private Choice choice = new Choice();

    /** What is compared, and where. */
    static final class Choice {
        @Option(
                names = "--strategies",
                split = ",",
                defaultValue = "monolingual,cross-lingual,hybrid",
                paramLabel = "NAME",
                description = "monolingual, cross-lingual, hybrid, multi-task, mixed.")
        private List<String> strategies;

        @Option(
                names = "--alphas",
                split = ",",
                defaultValue = "0.5",
                paramLabel = "SHARE",
                description = "hybrid: probabilities of a monolingual batch, each a run.")
        private List<Double> alphas;

        @Option(
                names = "--seeds",
                split = ",",
                defaultValue = "1,2,3",
                paramLabel = "N",
                description = "Of everything random; each a run.")
        private List<Long> seeds;

        @Option(
                names = "--evaluate",
                split = ",",
                defaultValue = "sample",
                paramLabel = "COLLECTION",
                description =
                        "sample, xquad-r, mlqa-r; several are allowed. Data that holds texts of them is refused, see"
                                + " --allow-leakage.")
        private List<String> evaluate;

        @Option(
                names = "--evaluate-path",
                paramLabel = "DIR",
                description = "Folder of this collection, or the parent of several.")
        private Path path;

        @Option(
                names = "--languages",
                split = ",",
                paramLabel = "CODE",
                description = "Languages of questions and passages to evaluate (default: all of a collection).")
        private List<String> languages = List.of();

        private List<CollectionSource> sources() {
            return SweepPlan.once("collections", "collection", evaluate).stream()
                    .map(CollectionSource::parse)
                    .toList();
        }

        private SweepPlan plan() {
            return new SweepPlan(strategies.stream().map(Strategy::of).toList(), alphas, seeds);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (report) {
            return reportAgain();
        }
        training.readConfig();
        requireFree();
        PrintWriter out = spec.commandLine().getOut();
        SweepPlan plan = Arguments.read(spec, choice::plan);
        RunSettings common = training.settings(plan.strategies().get(0), 0, 0, Processor.current(), out);
        List<CollectionSource> sources = Arguments.read(spec, choice::sources);
        List<TestCollection> collections = new ArrayList<>();
        for (CollectionSource source : sources) {
            collections.add(
                    Arguments.read(spec, "--evaluate-path", () -> TrainingOptions.readOneOf(source, choice.path)));
        }
        TrainingData pairs = training.withoutLeakage(training.read(out), out);
        for (int i = 0; i < sources.size(); i++) {
            if (!training.isAgainst(sources.get(i))) {
                pairs = training.withoutLeakage(pairs, collections.get(i), out);
            }
        }
        List<TestCollection> asked = new ArrayList<>();
        for (TestCollection collection : collections) {
            asked.add(inLanguages(collection));
        }
        SweepTask task = new SweepTask(
                training.base(output, out), own -> training.texts(own, own), common, pairs, asked, training.leakage());
        return sweep(task, plan, out);
    }

    private TestCollection inLanguages(TestCollection collection) throws IOException {
        return choice.languages == null || choice.languages.isEmpty()
                ? collection
                : Arguments.read(spec, () -> collection.in(choice.languages));
    }

    private int reportAgain() throws IOException {
        if (!Files.exists(output.resolve(Sweep.IDENTITY))) {
            throw new ParameterException(
                    spec.commandLine(), "--report: there is no sweep in [" + output + "]; name the folder of one");
        }
        print(Sweep.reportAgain(output));
        return CommandLine.ExitCode.OK;
    }

    private void print(List<String> collections) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (String collection : collections) {
            out.println();
            out.print(Files.readString(output.resolve(collection).resolve(Sweep.TABLE)));
        }
        out.flush();
    }

    private void requireFree() throws IOException {
        boolean sweep = Files.exists(output.resolve(Sweep.IDENTITY));
        if (resume && !sweep) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--resume: there is no sweep in [" + output + "]; leave --resume out to begin one");
        }
        if (!resume && sweep) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--output: [" + output + "] holds a sweep; go on with --resume, or name another folder");
        }
        if (!resume && !TrainingOptions.holdsOnlyBase(output)) {
            Arguments.requireNew(spec, output);
        }
    }

    private int sweep(SweepTask task, SweepPlan plan, PrintWriter out) throws IOException, InterruptedException {
        try (StopSignal stop = new StopSignal();
                SweepProgress progress = new SweepProgress(plan, out)) {
            Sweep sweep = new Sweep(task, plan, output, keepEncoders, progress);
            ConfigFile.save(spec, output.resolve(Sweep.OPTIONS));
            stop.listen();
            if (!sweep.run(stop::asked)) {
                out.println("Stopped, saved in " + output + "; --resume goes on");
                out.flush();
                return CommandLine.ExitCode.SOFTWARE;
            }
        }
        print(task.collections().stream().map(TestCollection::name).toList());
        return CommandLine.ExitCode.OK;
    }
}
