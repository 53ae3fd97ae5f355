package org.hybridir.trainer;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a command refuses of its arguments: with exit code 2 and its usage below the message. */
final class Arguments {
    private Arguments() {}

    /** Makes of arguments what they stand for; {@link IllegalArgumentException} says why not. */
    interface Reader<T, E extends Exception> {
        T read() throws E;
    }

    /** What one option stands for; a refusal names the option. */
    static <T, E extends Exception> T read(CommandSpec spec, String option, Reader<T, E> reader) throws E {
        return readOrRefuse(spec, option + ": ", reader);
    }

    /** What several options stand for, whose refusals say by themselves which one is meant. */
    static <T, E extends Exception> T read(CommandSpec spec, Reader<T, E> reader) throws E {
        return readOrRefuse(spec, "", reader);
    }

    private static <T, E extends Exception> T readOrRefuse(CommandSpec spec, String before, Reader<T, E> reader)
            throws E {
        try {
            return reader.read();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), before + e.getMessage(), e);
        }
    }

    /** Refuses a folder of {@code --output} that is there. */
    static void requireNew(CommandSpec spec, Path output) {
        if (Files.exists(output)) {
            throw new ParameterException(
                    spec.commandLine(), "--output: [" + output + "] exists; remove it or name another folder");
        }
    }
}
