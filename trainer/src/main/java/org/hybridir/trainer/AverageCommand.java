package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hybridir.trainer.model.Adapter;
import org.hybridir.trainer.model.AdapterAverage;
import org.hybridir.trainer.model.ShippedAdapters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "average",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Averages LoRA adapters that were trained apart on one base, with other seeds or data, to one adapter."
                        + " It often retrieves better than each of them, and costs no more to serve than one.")
final class AverageCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--adapter",
            required = true,
            paramLabel = "NAME|DIR",
            completionCandidates = ShippedAdapters.class,
            description = "An adapter's folder, or the name of one that ships: ${COMPLETION-CANDIDATES}. Given at least"
                    + " twice; prefixes and lengths are the first one's.")
    private List<String> adapters;

    @Option(
            names = "--rank",
            paramLabel = "N",
            description = "Of the average. Default: the sum of theirs, which loses nothing; less makes it smaller.")
    private Optional<Integer> rank;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The new adapter; must not exist.")
    private Path output;

    @Option(names = "--name", description = "The new adapter's name. Default: the first one's.")
    private Optional<String> name;

    @Override
    public Integer call() throws IOException {
        Arguments.requireNew(spec, output);
        average(new ArrayList<>());
        return 0;
    }

    /** Opens the next adapter while those before it are open, and averages when all are. */
    private void average(List<Adapter> opened) throws IOException {
        if (opened.size() == adapters.size()) {
            write(opened);
            return;
        }
        AdapterArgument.read(spec, adapters.get(opened.size()), adapter -> {
            opened.add(adapter);
            average(opened);
            return null;
        });
    }

    private void write(List<Adapter> opened) throws IOException {
        AdapterAverage average =
                AdapterAverage.of(opened, name.orElse(opened.get(0).manifest().name()), rank);
        average.adapter().write(output);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "Averaged %d adapters to one of rank %d, which holds %.1f %% of what they add (squared norm)%n",
                opened.size(),
                average.adapter().lora().rank(),
                100 * average.kept());
        out.println("Wrote " + output + "; [hybrid-ir merge --adapter " + output
                + "] makes an encoder of it and its base.");
        out.flush();
    }
}
