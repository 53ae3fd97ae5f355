package org.hybridir.trainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Adds a LoRA adapter to the base that it was trained on, and writes the artifact. The adapter is the folder",
            "[adapter] of an artifact that was trained with --lora-rank, or one that ships with this command."
        })
final class MergeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private AdaptedBase adapted = new AdaptedBase();

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The new artifact; must not exist.")
    private Path output;

    @Option(names = "--name", description = "The artifact's name. Default: the adapter's.")
    private Optional<String> name;

    @Override
    public Integer call() throws IOException {
        Arguments.requireNew(spec, output);
        Importer importer = new Importer(output, spec.commandLine().getOut());
        adapted.read(opened -> importer.merged(adapted.base(), opened, name));
        return 0;
    }
}
