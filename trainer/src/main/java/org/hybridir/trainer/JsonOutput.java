package org.hybridir.trainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.hybridir.trainer.evaluate.JsonFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option of commands that print numbers and write them to a file if asked to. */
final class JsonOutput {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers, unrounded, to this file too.")
    private Path file;

    /** Refuses a file whose folder is not there; to be called before the work. */
    void requireFolder() {
        Arguments.requireFolderOf(spec, "--json", file);
    }

    /** Writes the numbers if a file was named. */
    void write(Supplier<Map<String, Object>> numbers) throws IOException {
        if (file != null) {
            JsonFile.write(file, numbers.get());
        }
    }
}
