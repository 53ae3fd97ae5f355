package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.hybridir.measure.Measure;
import org.hybridir.measure.Measures;
import org.hybridir.measure.TextGrid;
import org.hybridir.trec.Judgements;
import org.hybridir.trec.Run;
import org.hybridir.trec.RunMeasures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "measure",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures any system's run by judgements, both in the formats of TREC. As",
            "trec_eval -c does: ranked by score, then by document id descending, and a",
            "judged question that the run lacks counts 0."
        })
final class MeasureCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--run",
            required = true,
            paramLabel = "FILE",
            description = "Lines of question, Q0, document, rank, score, tag.")
    private Path run;

    @Option(
            names = "--qrels",
            required = true,
            paramLabel = "FILE",
            description = "Lines of question, 0, document, grade.")
    private Path qrels;

    @Option(
            names = "--measures",
            split = ",",
            paramLabel = "NAME",
            description = "AP, RR, nDCG, nDCG@k, P@k, R@k, Success@k (default: ${DEFAULT-VALUE}).",
            defaultValue = "AP,RR,nDCG@10,R@100")
    private List<String> measures;

    @Option(names = "--per-query", description = "Prints the values of each question too.")
    private boolean perQuery;

    @Override
    public Integer call() throws IOException {
        List<Measure> chosen = Arguments.read(
                spec, "--measures", () -> measures.stream().map(Measures::parse).toList());
        RunMeasures result =
                Arguments.read(spec, () -> RunMeasures.of(Run.read(run), Judgements.readTrec(qrels), chosen));
        print(result, spec.commandLine().getOut());
        return 0;
    }

    private void print(RunMeasures result, PrintWriter out) {
        TextGrid grid = new TextGrid();
        grid.row(Stream.concat(Stream.of(""), result.measures().stream()).toList());
        if (perQuery) {
            result.perQuestion().forEach((question, values) -> grid.row(row(question, DoubleStream.of(values))));
        }
        grid.row(row("mean", result.means().values().stream().mapToDouble(mean -> mean)));
        out.print(grid.render());
        out.printf(
                Locale.ROOT,
                "%,d questions with a relevant document",
                result.perQuestion().size());
        say(out, result.missing(), "of them not in the run");
        say(out, result.withoutRelevant(), "judged without one left out");
        say(out, result.notJudged(), "of the run without judgement left out");
        out.println();
        out.flush();
    }

    private static void say(PrintWriter out, int count, String what) {
        if (count > 0) {
            out.printf(Locale.ROOT, ", %,d %s", count, what);
        }
    }

    private static List<String> row(String head, DoubleStream values) {
        return Stream.concat(Stream.of(head), values.mapToObj(value -> String.format(Locale.ROOT, "%.4f", value)))
                .toList();
    }
}
