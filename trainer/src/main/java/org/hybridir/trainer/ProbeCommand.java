package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.TextRole;
import org.hybridir.measure.TextGrid;
import org.hybridir.trainer.evaluate.ProgressBars;
import org.hybridir.trainer.evaluate.TextEncoder;
import org.hybridir.trainer.probe.Inference;
import org.hybridir.trainer.probe.Probe;
import org.hybridir.trainer.probe.XnliFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the accuracy of each language. Texts of a language are encoded once, as passages, and then forgotten. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Cross-lingual transfer on XNLI: a linear classifier on the encoder's frozen vectors, trained on the"
                        + " English development set, tested on each language's test set. Accuracy; chance is .333.")
final class ProbeCommand implements Callable<Integer> {
    private static final String TRAINED_ON = "en";

    @Spec
    private CommandSpec spec;

    @Mixin
    private EncoderArguments encoder = new EncoderArguments();

    @Option(
            names = "--path",
            required = true,
            paramLabel = "DIR",
            description = "Folder with dev-en.tsv, test-xx.tsv of each language xx, and test.labels.txt.")
    private Path path;

    @Option(
            names = "--languages",
            split = ",",
            paramLabel = "CODE",
            description = "Languages to test (default: all that there is a test file of).")
    private List<String> languages = List.of();

    @Mixin
    private JsonOutput json = new JsonOutput();

    @Override
    public Integer call() throws IOException {
        json.requireFolder();
        XnliFolder folder = new XnliFolder(path);
        List<Inference> training = folder.dev(TRAINED_ON);
        Map<String, List<Inference>> tests = tests(folder);
        try (Encoder opened = encoder.open()) {
            Probe probe = Probe.train(training, encode(opened, "encode dev-" + TRAINED_ON, training));
            Map<String, Double> accuracies = new LinkedHashMap<>();
            for (Map.Entry<String, List<Inference>> test : tests.entrySet()) {
                Map<String, float[]> vectors = encode(opened, "encode test-" + test.getKey(), test.getValue());
                accuracies.put(test.getKey(), probe.accuracy(test.getValue(), vectors));
            }
            print(opened, probe, training.size(), tests, accuracies);
            json.write(() -> toMap(opened, probe, training.size(), tests, accuracies));
        }
        return 0;
    }

    /** Read before hours of encoding: whatever is wrong with a file is said at once. */
    private Map<String, List<Inference>> tests(XnliFolder folder) throws IOException {
        List<String> known = folder.languages();
        Map<String, List<Inference>> tests = new LinkedHashMap<>();
        for (String language : languages.isEmpty() ? known : languages) {
            Arguments.read(spec, "--languages", () -> require(known, language));
            tests.put(language, folder.test(language));
        }
        return tests;
    }

    private static String require(List<String> known, String language) {
        if (!known.contains(language)) {
            throw new IllegalArgumentException("unknown language [" + language + "], there are test files of " + known);
        }
        return language;
    }

    private static Map<String, float[]> encode(Encoder opened, String task, List<Inference> pairs) throws IOException {
        List<String> texts = pairs.stream()
                .flatMap(pair -> Stream.of(pair.premise(), pair.hypothesis()))
                .distinct()
                .toList();
        Map<String, float[]> vectors = new HashMap<>();
        try (ProgressBar bar = ProgressBars.of(task, "", texts.size())) {
            TextEncoder encoder = opened::encode;
            encoder.encode(
                    texts,
                    TextRole.PASSAGE,
                    (place, encoding) -> vectors.put(texts.get(place), encoding.vector()),
                    bar::stepBy);
        }
        return vectors;
    }

    private void print(
            Encoder opened,
            Probe probe,
            int trained,
            Map<String, List<Inference>> tests,
            Map<String, Double> accuracies) {
        TextGrid grid = new TextGrid();
        grid.row(List.of("language", "pairs", "accuracy", "of " + TRAINED_ON));
        accuracies.forEach((language, accuracy) -> grid.row(List.of(
                language,
                String.format(Locale.ROOT, "%,d", tests.get(language).size()),
                String.format(Locale.ROOT, "%.4f", accuracy),
                accuracies.containsKey(TRAINED_ON)
                        ? String.format(Locale.ROOT, "%.0f %%", 100 * accuracy / accuracies.get(TRAINED_ON))
                        : "-")));
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.printf(
                Locale.ROOT,
                "Encoder %s on XNLI, a linear probe trained on %,d pairs in [%s]%n%n",
                opened.manifest().name(),
                trained,
                TRAINED_ON);
        out.print(grid.render());
        transferred(accuracies)
                .ifPresent(mean ->
                        out.printf(Locale.ROOT, "%nMean of the languages other than [%s]: %.4f%n", TRAINED_ON, mean));
        out.println(probe.describe());
        out.flush();
    }

    /** The mean over languages that the probe was not trained on, if there are any. */
    private static OptionalDouble transferred(Map<String, Double> accuracies) {
        return accuracies.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(TRAINED_ON))
                .mapToDouble(Map.Entry::getValue)
                .average();
    }

    private static Map<String, Object> toMap(
            Encoder opened,
            Probe probe,
            int trained,
            Map<String, List<Inference>> tests,
            Map<String, Double> accuracies) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("collection", "xnli");
        map.put("encoder", opened.describe());
        map.put("trained_on", Map.of("language", TRAINED_ON, "pairs", trained));
        map.put("l2_strength", probe.strength());
        map.put("held_out_accuracy", probe.heldOutAccuracy());
        Map<String, Object> rows = new LinkedHashMap<>();
        accuracies.forEach((language, accuracy) -> rows.put(
                language,
                Map.of("accuracy", accuracy, "pairs", tests.get(language).size())));
        map.put("languages", rows);
        transferred(accuracies).ifPresent(mean -> map.put("mean_of_others", mean));
        return map;
    }
}
