package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ProgressBar;
import org.hybridir.collection.CollectionSource;
import org.hybridir.collection.Passage;
import org.hybridir.collection.Passages;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.ArtifactChange;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.KeptProducts;
import org.hybridir.encoder.TextRole;
import org.hybridir.program.PrecisionRequest;
import org.hybridir.program.Processor;
import org.hybridir.trainer.evaluate.PassageSplitter;
import org.hybridir.trainer.evaluate.ProgressBars;
import org.hybridir.trainer.evaluate.QualityComparison;
import org.hybridir.trainer.model.Adapter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "quality",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures on a test collection what narrower number formats cost an encoder: how far its vectors move,"
                        + " and how much worse it retrieves.")
final class QualityCommand implements Callable<Integer> {
    /** So many are enough for a mean, and are encoded in seconds. */
    private static final int CHOOSING_PASSAGES = 48;

    @Spec
    private CommandSpec spec;

    @Option(names = "--encoder", required = true, paramLabel = "DIR", description = "Artifact folder of the encoder.")
    private Path folder;

    @Option(
            names = "--precisions",
            split = ",",
            defaultValue = "fp32,bf16,int8",
            paramLabel = "NAME",
            description = "What to measure; the others are compared with the first (default: ${DEFAULT-VALUE}).")
    private List<String> precisions;

    @Option(
            names = "--choose",
            paramLabel = "COSINE",
            description =
                    "First choose which products int8 keeps from 8 bits (in bf16 where that is fast, else in fp32), as few as"
                            + " bring the mean cosine to fp32 to this, such as 0.99, on passages of the collection, and"
                            + " record them in the artifact and its adapter.")
    private Double cosine;

    @Option(names = "--threads", paramLabel = "N", description = "Default: all processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private CollectionOptions collection;

    @Mixin
    private JsonOutput json = new JsonOutput();

    @Override
    public Integer call() throws IOException, InterruptedException {
        json.requireFolder();
        List<EncoderOptions> runs = precisions.stream().map(this::options).toList();
        CollectionSource source = collection.source();
        if (source == CollectionSource.TATOEBA) {
            throw new ParameterException(
                    spec.commandLine(), "--collection: [tatoeba] has no rankings to compare; name another collection");
        }
        collection.require();
        PrintWriter out = spec.commandLine().getOut();
        if (cosine != null) {
            choose(out);
        }
        // the first is opened at once anyway
        requireOpening(runs.stream().skip(1).toList());
        QualityComparison comparison = null;
        for (EncoderOptions options : runs) {
            try (Encoder encoder = Encoder.open(folder, options)) {
                comparison = comparison == null ? comparison(encoder, source, out) : comparison;
                comparison.add(encoder);
            }
        }
        out.println();
        out.print(comparison.render());
        out.flush();
        json.write(comparison::toMap);
        return 0;
    }

    private void choose(PrintWriter out) throws IOException {
        List<Passage> passages = collection.read(Passages.WHOLE).passages();
        int step = Math.max(1, passages.size() / CHOOSING_PASSAGES);
        List<String> some = IntStream.range(0, Math.min(passages.size(), CHOOSING_PASSAGES))
                .mapToObj(i -> passages.get(i * step).text())
                .toList();
        List<String> kept;
        try (ProgressBar bar = ProgressBars.of("choose", " products", -1)) {
            kept = Arguments.read(
                    spec,
                    "--choose",
                    () -> KeptProducts.choose(folder, some, cosine, (tried, all) -> bar.maxHint(all)
                            .stepTo(tried)));
        }
        ArtifactChange.keepFromInt8(folder, kept);
        Adapter.keepFromInt8(folder, kept);
        out.println(kept.isEmpty() ? "int8 need keep no product from 8 bits" : "int8 keeps from 8 bits: " + kept);
        out.flush();
    }

    /** Says before hours of work if the artifact cannot be opened in one of the precisions. */
    private void requireOpening(List<EncoderOptions> runs) throws IOException {
        for (EncoderOptions options : runs) {
            Encoder.open(folder, options).close();
        }
    }

    /** Refuses what the processor cannot do before hours of work. */
    private EncoderOptions options(String precision) {
        return Arguments.read(spec, "--precisions", () -> {
            PrecisionRequest asked = PrecisionRequest.of(precision);
            asked.on(Processor.current());
            return EncoderOptions.defaults().withPrecision(asked).withThreads(threads);
        });
    }

    private QualityComparison comparison(Encoder encoder, CollectionSource source, PrintWriter out) throws IOException {
        TestCollection texts = collection.read(new PassageSplitter(text -> encoder.fits(text, TextRole.PASSAGE)));
        CollectionOptions.print(texts, out);
        return new QualityComparison(texts, source.settings(), threads, new ProgressBars());
    }
}
