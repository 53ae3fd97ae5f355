package org.hybridir.trainer.bench;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.hybridir.measure.Evaluation;
import org.hybridir.measure.ExactRanking;
import org.hybridir.measure.Measures;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Exact ranks of the relevant passages in all pools: counting in blocks, beside scoring and sorting everything. */
@Command(
        name = "ranking",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description = "Exact ranking of random unit vectors, by default with the sizes of XQuAD-R: counting what stands"
                + " before the relevant passages, beside sorting all passages for each question.")
public final class RankingBenchmark implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--questions", paramLabel = "N")
    private int questions = 13_090;

    @Option(names = "--passages", paramLabel = "N")
    private int passages = 13_014;

    @Option(names = "--dimension", paramLabel = "N")
    private int dimension = 768;

    @Option(names = "--languages", paramLabel = "N", description = "Also the number of golds a question.")
    private int languages = 11;

    @Option(names = "--threads", paramLabel = "N")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--peer-questions", paramLabel = "N", description = "How many questions the slower peer ranks.")
    private int peerQuestions = 1_309;

    @Option(names = "--repeat", paramLabel = "N", description = "Runs after a warm-up; the median is shown.")
    private int repeat = 3;

    @Option(names = "--seed", paramLabel = "N")
    private long seed = 1;

    private interface Ranking {
        void rank(ExactRanking.Questions questions, Evaluation evaluation) throws InterruptedException;
    }

    @Override
    public Integer call() throws InterruptedException {
        check();
        RandomVectors collection = RandomVectors.draw(seed, languages, passages, questions, dimension);
        Ranking counting = (some, evaluation) -> new ExactRanking(collection.passages())
                .rank(some, collection.languages(), evaluation, threads, done -> {});
        Ranking sorting = (some, evaluation) -> new FullSort(collection).rank(some, evaluation, threads);
        ExactRanking.Questions all = collection.questions();
        ExactRanking.Questions some = collection.firstQuestions(peerQuestions);
        ExactRanking.Questions few = collection.firstQuestions(Math.min(peerQuestions, 128));
        evaluate(collection, counting, few);
        evaluate(collection, sorting, few);
        double countingSeconds = median(collection, counting, all);
        double sortingSeconds = median(collection, sorting, some);
        print(countingSeconds, sortingSeconds);
        compare(evaluate(collection, counting, some), evaluate(collection, sorting, some));
        return 0;
    }

    private void check() {
        int least = IntStream.of(questions, dimension, languages, threads, peerQuestions, repeat)
                .min()
                .getAsInt();
        if (least < 1 || passages < languages || peerQuestions > questions) {
            throw new ParameterException(
                    spec.commandLine(),
                    "all numbers must be at least 1, --passages at least --languages, --peer-questions at most --questions");
        }
    }

    private double median(RandomVectors collection, Ranking ranking, ExactRanking.Questions some)
            throws InterruptedException {
        double[] seconds = new double[repeat];
        for (int i = 0; i < repeat; i++) {
            long start = System.nanoTime();
            evaluate(collection, ranking, some);
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[repeat / 2];
    }

    private Report evaluate(RandomVectors collection, Ranking ranking, ExactRanking.Questions some)
            throws InterruptedException {
        List<String> names =
                IntStream.range(0, languages).mapToObj(i -> "l" + i).toList();
        Evaluation evaluation =
                new Evaluation(names, collection.poolSizes(), EnumSet.allOf(Setting.class), Measures.defaults());
        ranking.rank(some, evaluation);
        return evaluation.report();
    }

    private void print(double countingSeconds, double sortingSeconds) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%,d passages of %d dimensions in %d languages, %d threads, median of %d%n%n",
                passages,
                dimension,
                languages,
                threads,
                repeat);
        out.printf(Locale.ROOT, "%-22s%12s%10s%14s%10s%n", "ranking", "questions", "seconds", "questions/s", "GFLOP/s");
        line(out, "counting, in blocks", questions, countingSeconds);
        line(out, "full sort, the peer", peerQuestions, sortingSeconds);
        double ratio = questions / countingSeconds / (peerQuestions / sortingSeconds);
        out.printf(Locale.ROOT, "%ncounting ranks %.1f times as many questions a second%n", ratio);
        out.flush();
    }

    private void line(PrintWriter out, String name, int ranked, double seconds) {
        double flops = 2.0 * ranked * passages * dimension;
        out.printf(
                Locale.ROOT,
                "%-22s%,12d%10.2f%,14.0f%10.1f%n",
                name,
                ranked,
                seconds,
                ranked / seconds,
                flops / seconds / 1e9);
    }

    /** Sums in another order may swap two neighbours, so the means agree closely but not to the bit. */
    private void compare(Report counting, Report sorting) {
        PrintWriter out = spec.commandLine().getOut();
        for (Setting setting : Setting.values()) {
            out.printf(
                    Locale.ROOT,
                    "AP %-14s counting %.6f, full sort %.6f%n",
                    setting.key(),
                    counting.settings().get(setting).mean().means().get("AP"),
                    sorting.settings().get(setting).mean().means().get("AP"));
        }
        out.flush();
    }
}
