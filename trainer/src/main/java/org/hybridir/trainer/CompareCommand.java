package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hybridir.compare.ComparedResult;
import org.hybridir.compare.Comparison;
import org.hybridir.compare.ComparisonTable;
import org.hybridir.compare.PairedTest;
import org.hybridir.page.PairMatrices;
import org.hybridir.trainer.evaluate.JsonFile;
import org.hybridir.trainer.evaluate.ResultFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Compares results of evaluations on the same questions: differences with intervals, effect sizes and"
                        + " paired tests.")
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "2..*",
            paramLabel = "FILE",
            description = "Results that hybrid-ir evaluate --json wrote, or that a node's _evaluate answered with"
                    + " \"per_question\": true, or evaluations that a node kept, got with ?per_question=true.")
    private List<Path> files;

    @Option(
            names = "--names",
            split = ",",
            paramLabel = "NAME",
            description = "What tables call the results (default: the file names without ending).")
    private List<String> names = List.of();

    @Option(
            names = "--measure",
            split = ",",
            paramLabel = "NAME",
            description = "Compare these only (default: all measures that both results have).")
    private List<String> measures = List.of();

    @Option(
            names = "--pairs",
            paramLabel = "FILE",
            description = "Draw the results by pairs of languages, side by side on one scale, into this SVG file.")
    private Path pairs;

    @Mixin
    private JsonOutput json = new JsonOutput();

    @Override
    public Integer call() throws IOException {
        if (!names.isEmpty() && names.size() != files.size()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--names: [" + names.size() + "] names for [" + files.size() + "] files; give one for each");
        }
        json.requireFolder();
        Arguments.requireFolderOf(spec, "--pairs", pairs);
        Map<String, Map<String, Object>> maps = new LinkedHashMap<>();
        List<ComparedResult> results = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Map<String, Object> map = ResultFile.read(files.get(i));
            maps.put(name(i), map);
            results.add(ComparedResult.fromMap(name(i), map));
        }
        Comparison comparison = Comparison.of(results, measures, PairedTest.standard());
        Optional<String> drawing = Optional.ofNullable(pairs).map(file -> PairMatrices.svg(maps));
        PrintWriter out = spec.commandLine().getOut();
        out.print(ComparisonTable.render(comparison));
        out.flush();
        json.write(comparison::toMap);
        if (drawing.isPresent()) {
            JsonFile.writeText(pairs, drawing.get());
        }
        return 0;
    }

    private String name(int file) {
        return names.isEmpty()
                ? files.get(file).getFileName().toString().replaceFirst("(?<=.)\\.[^.]*$", "")
                : names.get(file);
    }
}
