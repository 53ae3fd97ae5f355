package org.hybridir.trainer.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hybridir.encoder.Tokens;
import org.hybridir.program.Precision;
import org.hybridir.program.Processor;
import org.hybridir.trainer.loss.ContrastiveLoss;
import org.hybridir.trainer.model.AdamW;
import org.hybridir.trainer.model.DualEncoder;
import org.hybridir.trainer.model.ModelSettings;
import org.hybridir.trainer.model.TrainingStep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A step of training: ours beside the same step by DJL's operators and its AdamW. */
@Command(
        name = "training",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description =
                "A contrastive step over full texts of random tokens: forward, backward, clipping, AdamW; beside the"
                        + " same step by DJL's NDArray operators, gradient collector and AdamW.")
public final class TrainingBenchmark implements Callable<Integer> {
    private static final double TEMPERATURE = .05;
    private static final double RATE = 2e-5;

    @Spec
    private CommandSpec spec;

    @Option(names = "--encoder", required = true, paramLabel = "DIR", description = "Artifact folder.")
    private Path encoder;

    @Option(names = "--batch-size", defaultValue = "16", paramLabel = "PAIRS")
    private int batchSize;

    @Option(names = "--query-tokens", defaultValue = "32", paramLabel = "N")
    private int queryTokens;

    @Option(names = "--passage-tokens", defaultValue = "128", paramLabel = "N")
    private int passageTokens;

    @Option(
            names = "--precision",
            defaultValue = "BF16",
            paramLabel = "NAME",
            description = "Ours: ${COMPLETION-CANDIDATES}.")
    private Precision precision;

    @Option(
            names = "--memory",
            defaultValue = "ALL",
            paramLabel = "NAME",
            description = "Ours: ${COMPLETION-CANDIDATES}.")
    private ModelSettings.Memory memory;

    @Option(names = "--dropout", defaultValue = "0", paramLabel = "SHARE", description = "Ours; the peer has none.")
    private double dropout;

    @Option(names = "--steps", defaultValue = "5", paramLabel = "N", description = "Timed steps, after a warm-up.")
    private int steps;

    @Option(names = "--peer-steps", defaultValue = "3", paramLabel = "N", description = "0: no peer.")
    private int peerSteps;

    @Option(names = "--varied", description = "Texts of random lengths up to the given ones, other ones in each step.")
    private boolean varied;

    private interface Step {
        double run(int number) throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        requireCounts();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%d pairs of %d + %d tokens, %s, on %s%n",
                batchSize,
                queryTokens,
                passageTokens,
                precision.key(),
                Processor.current().describe());
        double ours = ours(out);
        if (peerSteps > 0) {
            double peer = peer(out);
            out.printf(Locale.ROOT, "DJL's step takes %.2f times as long%n", peer / ours);
        }
        out.flush();
        return 0;
    }

    private void requireCounts() {
        try {
            Counts.atLeast(2, "batch-size", batchSize);
            Counts.atLeast(1, "query-tokens", queryTokens);
            Counts.atLeast(1, "passage-tokens", passageTokens);
            Counts.atLeast(1, "steps", steps);
            Counts.atLeast(0, "peer-steps", peerSteps);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private double ours(PrintWriter out) throws IOException {
        ModelSettings settings =
                new ModelSettings(precision, dropout, false, 0, Optional.empty(), memory, 1 << 20, "cpu");
        int threads = Runtime.getRuntime().availableProcessors();
        AdamW adam = new AdamW(.01, 1);
        try (DualEncoder dual =
                DualEncoder.open(encoder, settings, new ContrastiveLoss(TEMPERATURE, false), threads, 0)) {
            int vocabulary = dual.artifact().config().vocabulary();
            return time("ours", steps, out, number -> {
                List<Tokens> queries = texts(number, queryTokens, vocabulary);
                List<Tokens> passages = texts(-number - 1, passageTokens, vocabulary);
                try (TrainingStep step = dual.step(
                        Stream.concat(queries.stream(), passages.stream()).toList(), number)) {
                    double loss = step.accumulate(queries, passages, 1);
                    adam.update(dual, step, number + 1, RATE);
                    return loss;
                }
            });
        }
    }

    private double peer(PrintWriter out) throws IOException {
        try (DjlTraining peer = DjlTraining.open(encoder, TEMPERATURE, (float) RATE)) {
            return time(
                    "DJL",
                    peerSteps,
                    out,
                    number -> peer.step(
                            texts(number, queryTokens, peer.vocabulary()),
                            texts(-number - 1, passageTokens, peer.vocabulary())));
        }
    }

    private double time(String who, int count, PrintWriter out, Step step) throws IOException {
        step.run(0);
        double[] seconds = new double[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            double loss = step.run(i + 1);
            seconds[i] = (System.nanoTime() - start) / 1e9;
            if (i < 5 || i % 50 == 49) {
                out.printf(
                        Locale.ROOT,
                        "%-5s step %4d: loss %.4f, %6.2f s, resident %.2f GB, at most %.2f GB%n",
                        who,
                        i + 1,
                        loss,
                        seconds[i],
                        Processor.residentBytes() / 1e9,
                        Processor.peakResidentBytes() / 1e9);
                out.flush();
            }
        }
        Arrays.sort(seconds);
        out.printf(Locale.ROOT, "%-5s %.2f s a step (median of %d)%n", who, seconds[count / 2], count);
        return seconds[count / 2];
    }

    private List<Tokens> texts(int seed, int longest, int vocabulary) {
        Random random = new Random(seed);
        return IntStream.range(0, batchSize)
                .mapToObj(i -> {
                    int length = varied ? 3 + random.nextInt(longest - 2) : longest;
                    return new Tokens(random.longs(length, 5, vocabulary).toArray(), false);
                })
                .toList();
    }
}
