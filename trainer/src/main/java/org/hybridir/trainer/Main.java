package org.hybridir.trainer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.hybridir.trainer.run.Interruption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * The command {@code hybrid-ir}; each subcommand is a class of its own. Exit codes: 0 done, 1 failed with a message, 2 wrong
 * arguments.
 */
@Command(
        name = "hybrid-ir",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Multilingual dense retrieval: encoders, collections, evaluation.",
        subcommands = {
            ImportCommand.class,
            DataCommand.class,
            ExportCommand.class,
            LoadCommand.class,
            EvaluateCommand.class,
            QualityCommand.class,
            ProbeCommand.class,
            MeasureCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            TrainCommand.class,
            SweepCommand.class,
            MergeCommand.class,
            AverageCommand.class,
            DebiasCommand.class,
            BenchCommand.class,
            DemoCommand.class
        })
public final class Main {
    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Shows where in the program a failure happened.")
    private boolean stacktrace;

    private Main() {}

    /** The version of the jar, as the build wrote it there. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"hybrid-ir " + Main.class.getPackage().getImplementationVersion()};
        }
    }

    public static void main(String[] arguments) {
        System.exit(Interruption.ofProcess().guard(() -> commandLine().execute(arguments)));
    }

    /** The command line, ready to execute. */
    static CommandLine commandLine() {
        Main main = new Main();
        return new CommandLine(main).setExecutionExceptionHandler(main::report);
    }

    private int report(Exception failure, CommandLine command, ParseResult parsed) {
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        command.getErr().println(command.getColorScheme().errorText("error: " + message(cause)));
        if (stacktrace) {
            failure.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Some of Java's exceptions say only a file's name. */
    private static String message(Throwable failure) {
        return switch (failure) {
            case NoSuchFileException e -> "there is no file [" + e.getFile() + "]";
            case AccessDeniedException e -> "no right to read or write [" + e.getFile() + "]";
            case FileAlreadyExistsException e -> "[" + e.getFile() + "] exists" + reason(e.getReason());
            case IOException e -> e.getMessage();
            case IllegalArgumentException e -> e.getMessage();
            case IllegalStateException e -> e.getMessage();
            default -> failure.toString();
        };
    }

    private static String reason(String reason) {
        return reason == null ? "" : ": " + reason;
    }
}
