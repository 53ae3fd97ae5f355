package org.hybridir.trainer;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The command {@code hybrid-ir}; each subcommand is a class of its own. */
@Command(
        name = "hybrid-ir",
        mixinStandardHelpOptions = true,
        description = "Multilingual dense retrieval: encoders, collections, evaluation.",
        subcommands = {
            ImportCommand.class,
            LoadCommand.class,
            EvaluateCommand.class,
            BenchCommand.class,
            DemoCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command, ready to execute. */
    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
    }

    /** What is wrong with a file or an argument is said in a line; anything else is a bug, and its stack trace tells where. */
    private static int explain(Exception e, CommandLine command, ParseResult result) throws Exception {
        if (e instanceof IOException || e instanceof IllegalArgumentException) {
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            command.getErr().println(command.getColorScheme().errorText(message));
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
        throw e;
    }
}
