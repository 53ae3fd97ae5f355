package org.hybridir.trainer;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code hybrid-ir}; each subcommand is a class of its own. */
@Command(
        name = "hybrid-ir",
        mixinStandardHelpOptions = true,
        description = "Multilingual dense retrieval: encoders, collections, evaluation.",
        subcommands = {ImportCommand.class, LoadCommand.class, EvaluateCommand.class, DemoCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
