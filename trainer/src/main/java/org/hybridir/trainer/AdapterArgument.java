package org.hybridir.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hybridir.trainer.model.Adapter;
import org.hybridir.trainer.model.ShippedAdapters;
import org.hybridir.trainer.run.TemporaryFolder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What {@code --adapter} stands for: one that ships with this program, or a folder. */
final class AdapterArgument {
    private AdapterArgument() {}

    /** Opens the adapter for as long as the use takes; refuses what is neither. */
    static <T> T read(CommandSpec spec, String nameOrFolder, Adapter.Use<T> use) throws IOException {
        ShippedAdapters shipped = new ShippedAdapters();
        if (shipped.names().contains(nameOrFolder)) {
            try (TemporaryFolder unpacked = TemporaryFolder.create("hybrid-ir-adapter-")) {
                shipped.unpack(nameOrFolder, unpacked.path());
                return Adapter.read(unpacked.path(), use);
            }
        }
        requireFolder(spec, nameOrFolder, shipped.names());
        return Adapter.read(Path.of(nameOrFolder), use);
    }

    private static void requireFolder(CommandSpec spec, String folder, List<String> shipped) {
        if (!Files.isDirectory(Path.of(folder))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--adapter: there is no folder [" + folder + "]; give an adapter's, or a name of " + shipped);
        }
    }
}
