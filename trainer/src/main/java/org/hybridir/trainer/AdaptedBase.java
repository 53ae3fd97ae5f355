package org.hybridir.trainer;

import java.io.IOException;
import java.nio.file.Path;
import org.hybridir.trainer.model.Adapter;
import org.hybridir.trainer.model.ShippedAdapters;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** An adapter and the base that it was trained on. */
final class AdaptedBase {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--base", required = true, paramLabel = "DIR", description = "Artifact folder of the base.")
    private Path base;

    @Option(
            names = "--adapter",
            required = true,
            paramLabel = "NAME|DIR",
            completionCandidates = ShippedAdapters.class,
            description = "The adapter's folder, or the name of one that ships: ${COMPLETION-CANDIDATES}.")
    private String adapter;

    Path base() {
        return base;
    }

    /** Opens the adapter for as long as the use takes; refuses what is none. */
    <T> T read(Adapter.Use<T> use) throws IOException {
        return AdapterArgument.read(spec, adapter, use);
    }
}
