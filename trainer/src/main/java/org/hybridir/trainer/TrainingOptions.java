package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.hybridir.collection.CollectionSource;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.Manifest;
import org.hybridir.program.Precision;
import org.hybridir.program.Processor;
import org.hybridir.trainer.artifact.ImportSettings;
import org.hybridir.trainer.batch.SamplerSettings;
import org.hybridir.trainer.batch.Strategy;
import org.hybridir.trainer.data.DataSet;
import org.hybridir.trainer.data.DataSource;
import org.hybridir.trainer.data.Leakage;
import org.hybridir.trainer.data.TrainingData;
import org.hybridir.trainer.loss.ContrastiveLoss;
import org.hybridir.trainer.loss.CrossEntropyLoss;
import org.hybridir.trainer.loss.Loss;
import org.hybridir.trainer.model.AdamW;
import org.hybridir.trainer.model.Lora;
import org.hybridir.trainer.model.ModelSettings;
import org.hybridir.trainer.run.RunSettings;
import org.hybridir.trainer.run.Schedule;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options of every command that trains, all but strategy, alpha and seed, and what follows from them: settings, data,
 * the refusal of data that gives an evaluation away.
 */
final class TrainingOptions {
    /** Folder of a base that was imported for a run. */
    private static final String BASE = "base";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML or JSON with options under their names without dashes; the command line goes first.")
    private Path config;

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = "Artifact folder to begin with (see import), or [mbert], which is brought through Maven.")
    private String base;

    @Option(
            names = "--data",
            paramLabel = "FORMAT:PATH[,KEY=VALUE...]",
            description = "Pairs to train on; may be given several times. hybrid-ir data --help lists the formats.")
    private List<String> data;

    @ArgGroup(order = 2, heading = "%nBatches%n", exclusive = false, validate = false)
    private Batches batches = new Batches();

    @ArgGroup(order = 3, heading = "%nLoss%n", exclusive = false, validate = false)
    private Losses losses = new Losses();

    @ArgGroup(order = 4, heading = "%nOptimiser%n", exclusive = false, validate = false)
    private Optimiser optimiser = new Optimiser();

    @ArgGroup(order = 5, heading = "%nEncoder%n", exclusive = false, validate = false)
    private Model model = new Model();

    @ArgGroup(order = 6, heading = "%nValidation and checkpoints%n", exclusive = false, validate = false)
    private Checks checks = new Checks();

    private final Map<String, String> leakage = new LinkedHashMap<>();

    /** Which pairs make a batch. */
    static final class Batches {
        @Option(
                names = "--monolingual-weight",
                defaultValue = "0.5",
                paramLabel = "SHARE",
                description = "multi-task: the weight of the monolingual loss.")
        private double monolingualWeight;

        @Option(names = "--batch-size", defaultValue = "16", paramLabel = "PAIRS", description = "Pairs of a batch.")
        private int size;

        @Option(
                names = "--accumulate",
                defaultValue = "1",
                paramLabel = "N",
                description = "Batches whose gradients make a step.")
        private int accumulate;

        @Option(
                names = "--allow-duplicates",
                description = "Lets a batch hold a passage that answers another of its queries.")
        private boolean allowDuplicates;

        @Option(
                names = "--neighbours",
                defaultValue = "1",
                paramLabel = "N",
                description =
                        "Pairs that lie side by side in their data and come into a batch together, as hard negatives of"
                                + " each other.")
        private int neighbours;
    }

    /** What a batch is judged by. */
    static final class Losses {
        @Option(
                names = "--loss",
                defaultValue = "contrastive",
                paramLabel = "NAME",
                description = "contrastive (InfoNCE) or cross-entropy (pointwise).")
        private String loss;

        @Option(
                names = "--temperature",
                defaultValue = "0.05",
                paramLabel = "T",
                description = "Cosines are divided by it.")
        private double temperature;

        @Option(names = "--symmetric", description = "contrastive: passages are to find their queries too.")
        private boolean symmetric;

        @Option(
                names = "--threshold",
                defaultValue = "0.5",
                paramLabel = "COSINE",
                description = "cross-entropy: where a pair is as likely relevant as not.")
        private double threshold;

        private Loss toLoss() {
            return switch (loss) {
                case "contrastive" -> new ContrastiveLoss(temperature, symmetric);
                case "cross-entropy" -> new CrossEntropyLoss(temperature, threshold);
                default ->
                    throw new IllegalArgumentException(
                            "unknown loss [" + loss + "], known ones [contrastive, cross-entropy]");
            };
        }
    }

    /** How weights change. */
    static final class Optimiser {
        @Option(names = "--steps", defaultValue = "1000", paramLabel = "N", description = "Updates of the weights.")
        private long steps;

        @Option(names = "--learning-rate", defaultValue = "3e-5", paramLabel = "RATE", description = "The highest.")
        private double rate;

        @Option(
                names = "--schedule",
                defaultValue = "linear",
                paramLabel = "NAME",
                description = "How the rate falls after the warm-up: linear, cosine, constant.")
        private String schedule;

        @Option(
                names = "--warm-up",
                defaultValue = "0.1",
                paramLabel = "SHARE",
                description = "Share of the steps in which the rate rises.")
        private double warmUp;

        @Option(
                names = "--weight-decay",
                defaultValue = "0.01",
                paramLabel = "SHARE",
                description = "AdamW's, on matrices only.")
        private double decay;

        @Option(
                names = "--clip",
                defaultValue = "1.0",
                paramLabel = "NORM",
                description = "Longer gradients are shortened to it.")
        private double clip;

        private Schedule toSchedule() {
            return new Schedule(oneOf("schedule", schedule, Schedule.Shape.values()), rate, warmUp, steps);
        }
    }

    /** What is trained, and how it computes. */
    static final class Model {
        @Option(
                names = "--precision",
                defaultValue = "bf16",
                paramLabel = "NAME",
                description =
                        "Of the layers' arithmetic: bf16, or fp32, which also stands in on a processor without bf16."
                                + " Weights have 32 bits.")
        private String precision;

        @Option(names = "--dropout", defaultValue = "0.1", paramLabel = "SHARE", description = "Of each sublayer.")
        private double dropout;

        @Option(names = "--freeze-embeddings", description = "Leaves the embeddings as they are.")
        private boolean freezeEmbeddings;

        @Option(
                names = "--freeze-layers",
                defaultValue = "0",
                paramLabel = "N",
                description = "Leaves the lowest layers as they are.")
        private int frozenLayers;

        @Option(
                names = "--lora-rank",
                defaultValue = "0",
                paramLabel = "RANK",
                description = "Trains low-rank adapters in place of the weights; 0: none. It needs about ten times the"
                        + " learning rate.")
        private int loraRank;

        @Option(
                names = "--lora-scale",
                defaultValue = "16",
                paramLabel = "NUMBER",
                description = "Adapters are multiplied by it and divided by the rank.")
        private double loraScale;

        @Option(
                names = "--lora-targets",
                split = ",",
                defaultValue = "query,value",
                paramLabel = "NAME",
                description = "query, key, value, attention-output, intermediate, output.")
        private List<String> loraTargets;

        @Option(
                names = "--memory",
                defaultValue = "all",
                paramLabel = "NAME",
                description = {
                    "What is kept to go back: all (fastest), layers (checkpointing), vectors (GradCache: a batch of any",
                    "size in the memory of a chunk)."
                })
        private String memory;

        @Option(
                names = "--chunk-tokens",
                defaultValue = "2048",
                paramLabel = "N",
                description = "Tokens that go through the encoder at once, padding included.")
        private int chunkTokens;

        @Option(names = "--query-prefix", description = "Default: that of the base, or of --adapter.")
        private Optional<String> queryPrefix;

        @Option(names = "--passage-prefix", description = "Default: that of the base, or of --adapter.")
        private Optional<String> passagePrefix;

        @Option(names = "--query-tokens", paramLabel = "N", description = "Default: as the base, or --adapter, has it.")
        private Optional<Integer> queryTokens;

        @Option(
                names = "--passage-tokens",
                paramLabel = "N",
                description = "Default: as the base, or --adapter, has it.")
        private Optional<Integer> passageTokens;

        @Option(
                names = "--device",
                defaultValue = "cpu",
                paramLabel = "NAME",
                description = "cpu, or gpu where PyTorch has one.")
        private String device;

        @Option(names = "--threads", paramLabel = "N", description = "Default: all processors.")
        private Optional<Integer> threads;

        private ModelSettings toSettings(Processor processor, PrintWriter out) {
            Optional<Lora> lora =
                    loraRank == 0 ? Optional.empty() : Optional.of(new Lora(loraRank, loraScale, loraTargets));
            return new ModelSettings(
                    precision(processor, out),
                    dropout,
                    freezeEmbeddings,
                    frozenLayers,
                    lora,
                    oneOf("memory", memory, ModelSettings.Memory.values()),
                    chunkTokens,
                    device);
        }

        private Precision precision(Processor processor, PrintWriter out) {
            Precision asked = ModelSettings.precision(precision);
            if (asked != Precision.BF16 || !device.equals("cpu") || processor.hasBfloat16()) {
                return asked;
            }
            out.println("warning: this processor [" + processor.name() + "] has none of " + Processor.BFLOAT16
                    + ", which bf16 needs; training runs in fp32, so expect twice the time of bf16 and some more memory;"
                    + " --precision=fp32 asks for that and ends this warning");
            return Precision.FP32;
        }

        private Manifest texts(Manifest own, Manifest otherwise) {
            return new Manifest(
                    own.name(),
                    queryPrefix.orElse(otherwise.queryPrefix()),
                    passagePrefix.orElse(otherwise.passagePrefix()),
                    queryTokens.orElse(otherwise.queryTokens()),
                    passageTokens.orElse(otherwise.passageTokens()),
                    own.files(),
                    own.provenance());
        }
    }

    /** When a run looks at itself. */
    static final class Checks {
        @Option(
                names = "--validation-pairs",
                defaultValue = "256",
                paramLabel = "N",
                description = "Pairs held out; 0: none.")
        private int validationPairs;

        @Option(
                names = "--validate-every",
                defaultValue = "100",
                paramLabel = "STEPS",
                description = "Between validations.")
        private int validateEvery;

        @Option(
                names = "--patience",
                paramLabel = "N",
                description = "Validations without a better one that end training (default: it goes to its last step).")
        private Optional<Integer> patience;

        @Option(
                names = "--checkpoint-every",
                defaultValue = "200",
                paramLabel = "STEPS",
                description = "Between checkpoints.")
        private int checkpointEvery;

        @Option(
                names = "--against",
                split = ",",
                defaultValue = "sample",
                paramLabel = "COLLECTION",
                description =
                        "Refuses data that holds passages or questions of these test collections (sample, xquad-r,"
                                + " mlqa-r).")
        private List<String> against;

        @Option(names = "--path", paramLabel = "DIR", description = "Folder of these collections.")
        private Path path;

        @Option(names = "--drop-leakage", description = "Leaves out the pairs that hold them.")
        private boolean dropLeakage;

        @Option(names = "--allow-leakage", description = "Trains in spite of them; the model card says so.")
        private boolean allowLeakage;
    }

    /** The value of an enum whose names, in small letters, are what the command line takes. */
    private static <E extends Enum<E>> E oneOf(String what, String key, E[] values) {
        List<String> known = new ArrayList<>();
        for (E value : values) {
            known.add(value.name().toLowerCase(Locale.ROOT));
            if (known.get(known.size() - 1).equals(key)) {
                return value;
            }
        }
        throw new IllegalArgumentException("unknown " + what + " [" + key + "], known ones " + known);
    }

    /** Takes options from the file of --config, if one is given; then base and data must be there. */
    void readConfig() throws IOException {
        ConfigFile.apply(config, spec, "--base", "--data");
        requireOnce();
    }

    /** An option of a group that is given again begins the group anew: all others of it would be lost. */
    private void requireOnce() {
        List<String> given = spec.commandLine().getParseResult().originalArgs();
        for (OptionSpec option : spec.options()) {
            String name = option.longestName();
            long times = given.stream()
                    .filter(argument -> argument.equals(name) || argument.startsWith(name + "="))
                    .count();
            if (times > 1 && !option.isMultiValue()) {
                throw new ParameterException(spec.commandLine(), name + ": given [" + times + "] times; give it once");
            }
        }
    }

    /**
     * The artifact to begin with; multilingual BERT is imported, once.
     *
     * @param work folder of the run, where the import goes
     */
    Path base(Path work, PrintWriter out) throws IOException {
        if (!base.equals(Importer.MBERT) || Files.isDirectory(Path.of(base))) {
            return Path.of(base);
        }
        Path imported = work.resolve(BASE).resolve(Importer.MBERT);
        if (!Files.exists(imported)) {
            Files.createDirectories(imported.getParent());
            new Importer(imported, out).mbert(ImportSettings.none());
        }
        return imported;
    }

    /** Whether a folder is there with nothing but a base that was imported for a run that then was not begun. */
    static boolean holdsOnlyBase(Path work) throws IOException {
        if (!Files.isDirectory(work)) {
            return false;
        }
        try (Stream<Path> files = Files.list(work)) {
            return files.allMatch(file -> file.getFileName().toString().equals(BASE));
        }
    }

    /**
     * The base's manifest with the prefixes and lengths to train on.
     *
     * @param otherwise has those that no option gives
     */
    Manifest texts(Manifest own, Manifest otherwise) {
        return model.texts(own, otherwise);
    }

    /** The settings of a run on a processor; bf16 becomes fp32, with a warning, where the processor does not have it. */
    RunSettings settings(Strategy strategy, double alpha, long seed, Processor processor, PrintWriter out) {
        return Arguments.read(
                spec,
                () -> new RunSettings(
                        strategy,
                        new SamplerSettings(
                                batches.size,
                                alpha,
                                batches.monolingualWeight,
                                seed,
                                batches.allowDuplicates,
                                batches.neighbours),
                        losses.toLoss(),
                        model.toSettings(processor, out),
                        new AdamW(optimiser.decay, optimiser.clip),
                        optimiser.toSchedule(),
                        batches.accumulate,
                        model.threads.orElse(Runtime.getRuntime().availableProcessors()),
                        checks.validationPairs,
                        checks.validateEvery,
                        checks.patience.map(OptionalInt::of).orElse(OptionalInt.empty()),
                        checks.checkpointEvery));
    }

    /** Reads the pairs, and says how many. */
    TrainingData read(PrintWriter out) throws IOException {
        List<DataSet> sets = new ArrayList<>();
        for (String text : data) {
            DataSet set = Arguments.read(spec, () -> DataSource.of(text)).read();
            out.printf(
                    Locale.ROOT, "%-24s %,10d pairs%n", set.name(), set.pairs().size());
            sets.add(set);
        }
        out.flush();
        return TrainingData.of(sets);
    }

    /** Refuses pairs that hold texts of the collections of --against, or leaves them out, or tells, as the options say. */
    TrainingData withoutLeakage(TrainingData pairs, PrintWriter out) throws IOException {
        TrainingData kept = pairs;
        for (String one : checks.against) {
            CollectionSource source = Arguments.read(spec, () -> CollectionSource.parse(one));
            kept = withoutLeakage(kept, readOneOf(source, checks.path), out);
        }
        return kept;
    }

    /**
     * Reads one of several collections.
     *
     * @param folder of those that have one; the sample ships with the project and has none
     */
    static TestCollection readOneOf(CollectionSource source, Path folder) throws IOException {
        return source.read(source == CollectionSource.SAMPLE ? null : folder);
    }

    /** Whether {@link #withoutLeakage(TrainingData, PrintWriter)} looks at this one. */
    boolean isAgainst(CollectionSource source) {
        return checks.against.contains(source.key());
    }

    /** As above, of one collection. */
    TrainingData withoutLeakage(TrainingData pairs, TestCollection collection, PrintWriter out) {
        if (!checks.dropLeakage && !checks.allowLeakage) {
            Leakage.requireNone(pairs, collection);
            leakage.put(collection.name(), "none");
            return pairs;
        }
        TrainingData kept = checks.dropLeakage ? Leakage.without(pairs, collection) : pairs;
        int leaking = checks.dropLeakage
                ? pairs.size() - kept.size()
                : Leakage.check(pairs, collection).leakingPairs();
        String fate = checks.dropLeakage ? "left out" : "trained on all the same";
        leakage.put(collection.name(), leaking + " pairs hold texts of it, " + fate);
        out.printf(Locale.ROOT, "%,d pairs hold texts of %s, %s%n", leaking, collection.name(), fate);
        out.flush();
        return kept;
    }

    /** What was found: collection to a sentence for the model card. */
    Map<String, String> leakage() {
        return leakage;
    }
}
