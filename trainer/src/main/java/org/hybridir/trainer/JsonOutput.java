package org.hybridir.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.hybridir.trainer.evaluate.JsonFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option of commands that print numbers and write them to a file if asked to. */
final class JsonOutput {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers, unrounded, to this file too.")
    private Path file;

    /** Refuses a file whose folder is not there; to be called before the work. */
    void requireFolder() {
        if (file != null && !Files.isDirectory(file.toAbsolutePath().getParent())) {
            throw new ParameterException(
                    spec.commandLine(), "--json: the folder of [" + file + "] is not there; make it first");
        }
    }

    /** Writes the numbers if a file was named. */
    void write(Supplier<Map<String, Object>> numbers) throws IOException {
        if (file != null) {
            JsonFile.write(file, numbers.get());
        }
    }
}
