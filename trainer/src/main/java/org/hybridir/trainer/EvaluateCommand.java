package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.hybridir.collection.CollectionSource;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.language.Typology;
import org.hybridir.language.TypologyTable;
import org.hybridir.measure.Measure;
import org.hybridir.measure.Measures;
import org.hybridir.measure.ReportTable;
import org.hybridir.measure.Setting;
import org.hybridir.page.HtmlPage;
import org.hybridir.program.Precision;
import org.hybridir.trainer.evaluate.JsonFile;
import org.hybridir.trainer.evaluate.OfflineEvaluation;
import org.hybridir.trainer.evaluate.OfflineResult;
import org.hybridir.trainer.evaluate.ProgressBars;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result, unrounded, to this file too.")
    private Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the result as a page to this file too.")
    private Path html;

    @Override
    public Integer call() throws IOException, InterruptedException {
        EncoderOptions options = argument("--threads", threads, this::encoderOptions);
        Set<Setting> asked = settings.isEmpty() ? EnumSet.allOf(Setting.class) : EnumSet.noneOf(Setting.class);
        settings.forEach(key -> asked.add(argument("--settings", key, Setting::parse)));
        List<Measure> chosen = measures.isEmpty()
                ? Measures.defaults()
                : measures.stream()
                        .map(name -> argument("--measures", name, Measures::parse))
                        .toList();
        ReportCommand.checkFolder(spec, "--json", json);
        ReportCommand.checkFolder(spec, "--html", html);
        TestCollection texts = read(argument("--collection", collection, CollectionSource::parse));
        try (Encoder opened = Encoder.open(encoder, options)) {
            OfflineResult result =
                    new OfflineEvaluation(texts, opened::encode, new ProgressBars()).run(asked, chosen, threads);
            print(result, opened);
            Map<String, Object> values = result.toMap(opened.describe());
            if (json != null) {
                JsonFile.write(json, values);
            }
            if (html != null) {
                JsonFile.writeText(html, HtmlPage.render(values));
            }
        }
        return 0;
    }

    private EncoderOptions encoderOptions(int threads) {
        EncoderOptions defaults = EncoderOptions.defaults();
        return new EncoderOptions(argument("--precision", precision, Precision::of), threads, defaults.batchTokens());
    }

    private TestCollection read(CollectionSource source) throws IOException {
        TestCollection whole;
        try {
            whole = source.read(path);
        } catch (IllegalArgumentException e) {
            throw refused("--path", e);
        }
        return languages.isEmpty() ? whole : argument("--languages", languages, whole::in);
    }

    private <A, B> B argument(String option, A value, Function<A, B> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            throw refused(option, e);
        }
    }

    private ParameterException refused(String option, IllegalArgumentException e) {
        return new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
    }

    private void print(OfflineResult result, Encoder opened) {
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println("Encoder " + opened.manifest().name() + " on " + result.collection());
        out.print(ReportTable.render(result.report()));
        out.println();
        Typology typology = Typology.of(result.report());
        if (TypologyTable.tells(typology)) {
            out.print(TypologyTable.render(typology));
            out.println();
        }
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
