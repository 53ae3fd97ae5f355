package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.trainer.data.DataSet;
import org.hybridir.trainer.data.DataSource;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.data.TrainingData;
import org.hybridir.trainer.evaluate.ParallelVectors;
import org.hybridir.trainer.evaluate.ProgressBars;
import org.hybridir.trainer.model.Adapter;
import org.hybridir.trainer.model.AdapterMerge;
import org.hybridir.trainer.model.LanguageDirections;
import org.hybridir.trainer.run.TemporaryFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "debias",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Takes out of an adapter's encoder the directions of its vectors that tell the language: those in which"
                        + " translations differ at the mean. It needs parallel text and no training, and the encoder"
                        + " favours languages less. What it writes is an adapter again.")
final class DebiasCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private AdaptedBase adapted = new AdaptedBase();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "SOURCE",
            description = "Parallel text, such as lines:DIR; see [hybrid-ir data --help]. May be repeated.")
    private List<String> sources;

    @Option(
            names = "--lines",
            defaultValue = "500",
            paramLabel = "N",
            description = "Of each source, in all languages; the first ones (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(
            names = "--directions",
            paramLabel = "N",
            description = "How many are taken out. Default: all that there can be, one less than languages.")
    private Optional<Integer> directions;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The new adapter; must not exist.")
    private Path output;

    /** What is read of each source, by its name. */
    private record Parallel(Map<String, List<Pair>> sets) {
        List<Pair> pairs() {
            return sets.values().stream().flatMap(List::stream).toList();
        }

        SortedSet<String> languages() {
            return ParallelVectors.languages(pairs());
        }

        /** How many texts of each source. */
        Map<String, Integer> texts() {
            Map<String, Integer> texts = new LinkedHashMap<>();
            sets.forEach((name, pairs) ->
                    texts.put(name, ParallelVectors.texts(pairs).size()));
            return texts;
        }
    }

    @Override
    public Integer call() throws IOException {
        Arguments.requireNew(spec, output);
        Arguments.read(spec, "--lines", () -> requireAtLeastOne(lines));
        try (Artifact opened = Artifact.open(new ArtifactFolder(adapted.base()))) {
            Arguments.read(spec, "--base", () -> AdapterMerge.requireNoDense(opened));
        }
        Parallel text = read();
        int count = Arguments.read(spec, () -> count(text.languages()));
        return adapted.read(opened -> {
            Arguments.read(spec, "--adapter", () -> requireBiased(opened));
            write(opened, text, count);
            return 0;
        });
    }

    private static int requireAtLeastOne(int lines) {
        if (lines < 1) {
            throw new IllegalArgumentException("must be at least 1, but is [" + lines + "]");
        }
        return lines;
    }

    private Parallel read() throws IOException {
        List<DataSource> parsed = new ArrayList<>();
        sources.forEach(source -> parsed.add(Arguments.read(spec, "--data", () -> DataSource.of(source))));
        List<DataSet> sets = new ArrayList<>();
        for (DataSource source : parsed) {
            sets.add(source.readCounting().set());
        }
        Map<String, List<Pair>> first = new LinkedHashMap<>();
        for (DataSet set :
                Arguments.read(spec, "--data", () -> TrainingData.of(sets)).sets()) {
            first.put(set.name(), ParallelVectors.firstGroups(set.pairs(), lines));
        }
        return new Parallel(first);
    }

    private int count(SortedSet<String> languages) {
        if (languages.isEmpty()) {
            throw new IllegalArgumentException(
                    "--data: " + sources + " has no pair of two languages; give parallel text, such as [lines:ntrex]");
        }
        int most = languages.size() - 1;
        int count = directions.orElse(most);
        if (count < 1 || count > most) {
            throw new IllegalArgumentException("--directions: must be from [1] to [" + most + "], one less than the "
                    + languages.size() + " languages " + languages + " of --data, but is [" + count + "]");
        }
        return count;
    }

    private static Adapter requireBiased(Adapter adapter) {
        if (adapter.hasLanguageDirections()) {
            throw new IllegalArgumentException("the directions that tell the language are already taken out of ["
                    + adapter.manifest().name() + "]; give the adapter that it was made of");
        }
        return adapter;
    }

    private void write(Adapter biased, Parallel text, int count) throws IOException {
        ParallelVectors vectors = vectors(biased, text.pairs());
        LanguageDirections found = LanguageDirections.of(vectors.meanDifferences(), count);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("directions", count);
        told.put("languages", List.copyOf(text.languages()));
        told.put("texts", text.texts());
        biased.without(found, told).write(output);
        print(count, text.languages().size(), found.share(vectors.allDifferences()));
    }

    private ParallelVectors vectors(Adapter biased, List<Pair> pairs) throws IOException {
        try (TemporaryFolder beside =
                        TemporaryFolder.create(output.toAbsolutePath().getParent(), ".debias-");
                PrintWriter silent = new PrintWriter(Writer.nullWriter())) {
            Path merged = beside.path().resolve("merged");
            new Importer(merged, silent).merged(adapted.base(), biased, Optional.empty());
            int texts = ParallelVectors.texts(pairs).size();
            try (Encoder encoder = Encoder.open(merged, EncoderOptions.defaults());
                    ProgressBar bar = ProgressBars.of("encode", "", texts)) {
                return ParallelVectors.encode(pairs, encoder::encode, bar::stepBy);
            }
        }
    }

    private void print(int count, int languages, double share) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "Took out %d direction%s in which %d languages differ: %.1f %% of what translations differ by (squared)%n",
                count,
                count == 1 ? "" : "s",
                languages,
                100 * share);
        out.println("Wrote " + output + "; [hybrid-ir merge --adapter " + output
                + "] makes an encoder of it and its base.");
        out.flush();
    }
}
