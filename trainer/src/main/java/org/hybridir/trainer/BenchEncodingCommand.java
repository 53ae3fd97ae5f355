package org.hybridir.trainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hybridir.collection.Passages;
import org.hybridir.collection.TestCollection;
import org.hybridir.program.PrecisionRequest;
import org.hybridir.trainer.bench.EncodingBenchmark;
import org.hybridir.trainer.evaluate.JsonFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "encoding",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Encoding a collection's texts: one query at a time, all questions, all passages; beside ONNX Runtime in"
                        + " its best setting, and beside one text at a time. The peer's files, about twice the weights,"
                        + " lie in the folder of temporary files meanwhile.")
final class BenchEncodingCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--encoder", required = true, paramLabel = "DIR", description = "Artifact folder of the encoder.")
    private Path encoder;

    @Mixin
    private CollectionOptions collection;

    @Option(
            names = "--precisions",
            split = ",",
            paramLabel = "NAME",
            description = "Ours, one after the other (default: fp32,bf16,int8).")
    private List<String> precisions = List.of("fp32", "bf16", "int8");

    @Option(names = "--passages", defaultValue = "0", paramLabel = "N", description = "Draw so many (default: all).")
    private int passages;

    @Option(names = "--questions", defaultValue = "0", paramLabel = "N", description = "Draw so many (default: all).")
    private int questions;

    @Option(
            names = "--queries",
            defaultValue = "100",
            paramLabel = "N",
            description = "Of the questions, encoded one at a time (default: ${DEFAULT-VALUE}).")
    private int queries;

    @Option(
            names = "--alone-texts",
            defaultValue = "100",
            paramLabel = "N",
            description = "Texts of the peer that takes one at a time (default: ${DEFAULT-VALUE}).")
    private int aloneTexts;

    @Option(names = "--threads", paramLabel = "N", description = "Default: all processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--repeat",
            defaultValue = "3",
            paramLabel = "N",
            description = "Rounds after a warm-up, in turns (default: ${DEFAULT-VALUE}).")
    private int repeat;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Of the draw (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw the medians to this file.")
    private Path svg;

    @Mixin
    private JsonOutput json;

    @Override
    public Integer call() throws IOException {
        json.requireFolder();
        Arguments.requireFolderOf(spec, "--svg", svg);
        List<PrecisionRequest> parsed = Arguments.read(spec, "--precisions", () -> precisions.stream()
                .map(PrecisionRequest::of)
                .toList());
        EncodingBenchmark.Settings settings = Arguments.read(
                spec,
                () -> new EncodingBenchmark.Settings(
                        encoder, parsed, passages, questions, queries, aloneTexts, threads, repeat, seed));
        TestCollection read = collection.read(Passages.WHOLE);
        EncodingBenchmark.Result result =
                new EncodingBenchmark(settings, spec.commandLine().getOut()).run(read);
        json.write(result::toMap);
        if (svg != null) {
            JsonFile.writeText(svg, result.svg());
        }
        return 0;
    }
}
