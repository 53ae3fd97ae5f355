package org.hybridir.trainer.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
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
import org.hybridir.program.Processor;
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
        description =
                "Exact ranking of random unit vectors: counting what stands before the relevant passages, beside sorting"
                        + " all passages for each question, and beside the machine's best matrix product.")
public final class RankingBenchmark implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--like",
            defaultValue = "xquad_r",
            paramLabel = "NAME",
            description =
                    "The sizes of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); million is 1,000,000 passages"
                            + " of 384 dimensions and 1,000 questions.")
    private Sizes like;

    @Option(names = "--questions", paramLabel = "N", description = "Default: as --like says; so for those below.")
    private int questions;

    @Option(names = "--passages", paramLabel = "N")
    private int passages;

    @Option(names = "--dimension", paramLabel = "N")
    private int dimension;

    @Option(names = "--languages", paramLabel = "N", description = "Also the number of golds a question.")
    private int languages;

    @Option(names = "--peer-questions", paramLabel = "N", description = "How many questions the slower peer ranks.")
    private int peerQuestions;

    @Option(names = "--threads", paramLabel = "N", description = "Default: all processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--repeat",
            defaultValue = "3",
            paramLabel = "N",
            description = "Runs after a warm-up, alternating; the median is shown (default: ${DEFAULT-VALUE}).")
    private int repeat;

    @Option(
            names = "--nearness",
            defaultValue = "0.13",
            paramLabel = "SHARE",
            description =
                    "Of each relevant passage in its question: 0.13 has them where a fine-tuned encoder brings them,"
                            + " 0.05 spreads them over the pool as a raw one does (default: ${DEFAULT-VALUE}).")
    private float nearness;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    /** As written on the command line. */
    private enum Sizes {
        xquad_r(13_090, 13_014, 768, 11, 1_309),
        mlqa_r(4_199, 20_534, 768, 7, 840),
        million(1_000, 1_000_000, 384, 10, 32);

        private final int questions;
        private final int passages;
        private final int dimension;
        private final int languages;
        private final int peerQuestions;

        Sizes(int questions, int passages, int dimension, int languages, int peerQuestions) {
            this.questions = questions;
            this.passages = passages;
            this.dimension = dimension;
            this.languages = languages;
            this.peerQuestions = peerQuestions;
        }
    }

    private interface Ranking {
        void rank(ExactRanking.Questions questions, Evaluation evaluation) throws InterruptedException;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        takeSizes();
        check();
        double product = MatrixProduct.best(dimension, threads, 10);
        try (RandomVectors collection = RandomVectors.draw(seed, languages, passages, questions, dimension, nearness)) {
            run(collection, product);
        }
        return 0;
    }

    private void takeSizes() {
        questions = given("--questions") ? questions : like.questions;
        passages = given("--passages") ? passages : like.passages;
        dimension = given("--dimension") ? dimension : like.dimension;
        languages = given("--languages") ? languages : like.languages;
        peerQuestions = given("--peer-questions") ? peerQuestions : Math.min(questions, like.peerQuestions);
    }

    private boolean given(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
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

    private void run(RandomVectors collection, double product) throws InterruptedException {
        Ranking counting = (some, evaluation) -> new ExactRanking(collection.passages())
                .rank(some, collection.languages(), evaluation, threads, done -> {});
        Ranking plain = sorting(collection, FullSort::plain);
        Ranking sorting = sorting(collection, FullSort::eightSums);
        ExactRanking.Questions all = collection.questions();
        ExactRanking.Questions some = collection.firstQuestions(peerQuestions);
        ExactRanking.Questions few = collection.firstQuestions(Math.min(peerQuestions, 128));
        evaluate(collection, counting, few);
        evaluate(collection, sorting, few);
        evaluate(collection, plain, few);
        double[] countingSeconds = new double[repeat];
        double[] sortingSeconds = new double[repeat];
        double[] plainSeconds = new double[repeat];
        long countingHeap = 0;
        for (int i = 0; i < repeat; i++) {
            forgetPeakHeap();
            countingSeconds[i] = seconds(collection, counting, all);
            countingHeap = Math.max(countingHeap, peakHeap());
            sortingSeconds[i] = seconds(collection, sorting, some);
            plainSeconds[i] = seconds(collection, plain, some);
        }
        print(median(countingSeconds), median(sortingSeconds), median(plainSeconds), product, countingHeap);
        compare(evaluate(collection, counting, some), evaluate(collection, sorting, some));
    }

    private Ranking sorting(RandomVectors collection, FullSort.Dot dot) {
        return (some, evaluation) -> new FullSort(collection, dot).rank(some, evaluation, threads);
    }

    private double seconds(RandomVectors collection, Ranking ranking, ExactRanking.Questions some)
            throws InterruptedException {
        long start = System.nanoTime();
        evaluate(collection, ranking, some);
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] seconds) {
        Arrays.sort(seconds);
        return seconds[seconds.length / 2];
    }

    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    /** What the collection itself takes stays in. */
    private static void forgetPeakHeap() {
        System.gc();
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peakHeap() {
        return heapPools().stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
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

    private void print(
            double countingSeconds, double sortingSeconds, double plainSeconds, double product, long countingHeap) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%,d passages of %d dimensions in %d languages, %d threads, median of %d, on %s%n%n",
                passages,
                dimension,
                languages,
                threads,
                repeat,
                Processor.current().describe());
        out.printf(Locale.ROOT, "%-22s%12s%10s%14s%12s%n", "ranking", "questions", "seconds", "questions/s", "GFLOP/s");
        line(out, "counting, in blocks", questions, countingSeconds);
        line(out, "full sort, eight sums", peerQuestions, sortingSeconds);
        line(out, "full sort, plain", peerQuestions, plainSeconds);
        out.printf(Locale.ROOT, "%-58s%12.1f%n", "PyTorch's matrix product, the best of 10", product);
        double rate = questions / countingSeconds;
        out.printf(
                Locale.ROOT,
                "%ncounting ranks %.1f times as many questions a second as plain dot products and a full sort,%n"
                        + "%.1f times as many as a full sort whose dot products have eight sums,%n",
                rate / (peerQuestions / plainSeconds),
                rate / (peerQuestions / sortingSeconds));
        out.printf(
                Locale.ROOT,
                "and scores at %.0f %% of the rate of the matrix product, all else that it does included%n",
                100 * flops(questions) / countingSeconds / product);
        out.printf(
                Locale.ROOT,
                "heap at most %,d MB while counting, the collection's ids, judgements and questions included,"
                        + " %,d MB allowed; resident at most %,d MB, the mapped vectors included%n%n",
                countingHeap >> 20,
                Runtime.getRuntime().maxMemory() >> 20,
                Processor.peakResidentBytes() >> 20);
        out.flush();
    }

    private void line(PrintWriter out, String name, int ranked, double seconds) {
        out.printf(
                Locale.ROOT,
                "%-22s%,12d%10.2f%,14.0f%12.1f%n",
                name,
                ranked,
                seconds,
                ranked / seconds,
                flops(ranked) / seconds);
    }

    /** In 10^9. */
    private double flops(int ranked) {
        return 2e-9 * ranked * passages * dimension;
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
        out.printf(
                Locale.ROOT,
                "rank distance %.1f%n",
                counting.settings().get(Setting.MULTILINGUAL).mean().means().get("RankDistance"));
        out.flush();
    }
}
