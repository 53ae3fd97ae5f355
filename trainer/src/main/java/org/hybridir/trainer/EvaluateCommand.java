package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.hybridir.collection.CollectionSource;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.measure.Measure;
import org.hybridir.measure.Measures;
import org.hybridir.measure.ReportTable;
import org.hybridir.measure.Setting;
import org.hybridir.program.Precision;
import org.hybridir.trainer.evaluate.OfflineEvaluation;
import org.hybridir.trainer.evaluate.OfflineResult;
import org.hybridir.trainer.evaluate.ProgressBars;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Evaluates an encoder on a test collection, without OpenSearch.")
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--encoder", required = true, paramLabel = "DIR", description = "Artifact folder of the encoder.")
    private Path encoder;

    @Option(names = "--collection", required = true, paramLabel = "NAME", description = "sample, xquad-r or mlqa-r.")
    private String collection;

    @Option(
            names = "--path",
            paramLabel = "DIR",
            description = "Folder with the collection's files, or its parent; not for the sample.")
    private Path path;

    @Option(
            names = "--settings",
            split = ",",
            paramLabel = "NAME",
            description = "monolingual, cross_lingual, multilingual (default: all).")
    private List<String> settings = List.of();

    @Option(
            names = "--languages",
            split = ",",
            paramLabel = "CODE",
            description = "Languages of questions and passages (default: all of the collection).")
    private List<String> languages = List.of();

    @Option(
            names = "--measures",
            split = ",",
            paramLabel = "NAME",
            description = "AP, RR, nDCG, nDCG@k, P@k, R@k, Success@k, and in the multilingual setting RankDistance,"
                    + " RelativeRankDistance, MaxRank, TLR@k, PEER@k (default: AP,RR,nDCG@10,R@1,R@10,RankDistance).")
    private List<String> measures = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "Default: all processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            description = "fp32, or bf16: about twice as fast where the processor has it, and nearly the same vectors"
                    + " (default: fp32).")
    private String precision = Precision.FP32.key();

    @Mixin
    private JsonOutput json = new JsonOutput();

    @Override
    public Integer call() throws IOException, InterruptedException {
        EncoderOptions options = encoderOptions();
        Set<Setting> asked = settings.isEmpty() ? EnumSet.allOf(Setting.class) : EnumSet.noneOf(Setting.class);
        settings.forEach(key -> asked.add(Arguments.read(spec, "--settings", () -> Setting.parse(key))));
        List<Measure> chosen = measures.isEmpty()
                ? Measures.defaults()
                : measures.stream()
                        .map(name -> Arguments.read(spec, "--measures", () -> Measures.parse(name)))
                        .toList();
        json.requireFolder();
        TestCollection texts = texts();
        try (Encoder opened = Encoder.open(encoder, options)) {
            OfflineResult result =
                    new OfflineEvaluation(texts, opened::encode, new ProgressBars()).run(asked, chosen, threads);
            print(result, opened);
            json.write(() -> result.toMap(opened.describe()));
        }
        return 0;
    }

    private EncoderOptions encoderOptions() {
        Precision arithmetic = Arguments.read(spec, "--precision", () -> Precision.of(precision));
        int batchTokens = EncoderOptions.defaults().batchTokens();
        return Arguments.read(spec, "--threads", () -> new EncoderOptions(arithmetic, threads, batchTokens));
    }

    private TestCollection texts() throws IOException {
        CollectionSource source = Arguments.read(spec, "--collection", () -> CollectionSource.parse(collection));
        TestCollection whole = Arguments.read(spec, "--path", () -> source.read(path));
        return languages.isEmpty() ? whole : Arguments.read(spec, "--languages", () -> whole.in(languages));
    }

    private void print(OfflineResult result, Encoder opened) {
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println("Encoder " + opened.manifest().name() + " on " + result.collection());
        out.print(ReportTable.render(result.report()));
        out.println();
        out.printf(
                Locale.ROOT,
                "Cut at the encoder's limit: %,d passages, %,d questions%n",
                result.truncatedPassages(),
                result.truncatedQuestions());
        result.tookMillis()
                .forEach((phase, millis) -> out.printf(Locale.ROOT, "%-17s%,9.1f s%n", phase.title(), millis / 1000.0));
        out.flush();
    }
}
