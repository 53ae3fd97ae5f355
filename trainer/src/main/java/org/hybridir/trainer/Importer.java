package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.ArtifactSpec;
import org.hybridir.encoder.ArtifactWriter;
import org.hybridir.encoder.Manifest;
import org.hybridir.encoder.TextRole;
import org.hybridir.trainer.artifact.HuggingFaceFolder;
import org.hybridir.trainer.artifact.ImportSettings;
import org.hybridir.trainer.artifact.Mbert;
import org.hybridir.trainer.evaluate.ProgressBars;
import org.hybridir.trainer.model.Adapter;
import org.hybridir.trainer.model.AdapterMerge;
import org.hybridir.trainer.run.TemporaryFolder;

/** Writes an artifact from a published encoder, an adapter added or not, and shows how far it is. */
final class Importer {
    /** The name that stands for multilingual BERT, brought through Maven. */
    static final String MBERT = "mbert";

    private final Path output;
    private final PrintWriter out;

    /** @param output the artifact's folder; must not exist */
    Importer(Path output, PrintWriter out) {
        this.output = output;
        this.out = out;
    }

    /** {@value #MBERT} or a folder; gives the artifact's name. */
    String from(String source, ImportSettings settings) throws IOException {
        return source.equals(MBERT) ? mbert(settings) : folder(Path.of(source), settings);
    }

    /**
     * A source with an adapter added, which brings prefixes and lengths; gives the artifact's name.
     *
     * @param settings of the source, which is imported into a temporary folder beside the output
     * @param name of the artifact; else the adapter's
     */
    String adapted(String source, ImportSettings settings, Adapter adapter, Optional<String> name) throws IOException {
        out.println("Importing [" + source + "], the base of the adapter ["
                + adapter.manifest().name() + "]");
        out.flush();
        try (TemporaryFolder beside = beside()) {
            Path base = beside.path().resolve("base");
            new Importer(base, new PrintWriter(Writer.nullWriter())).from(source, settings);
            return merged(base, adapter, name);
        }
    }

    /**
     * An artifact with an adapter added; gives the new artifact's name.
     *
     * @param name of the new artifact; else the adapter's
     */
    String merged(Path base, Adapter adapter, Optional<String> name) throws IOException {
        try (Artifact opened = Artifact.open(new ArtifactFolder(base))) {
            return write(AdapterMerge.spec(
                    opened, adapter, name.orElse(adapter.manifest().name())));
        }
    }

    /** A HuggingFace or sentence-transformers folder; gives the artifact's name. */
    String folder(Path source, ImportSettings settings) throws IOException {
        try (HuggingFaceFolder folder = HuggingFaceFolder.open(source)) {
            return write(folder.spec(settings));
        }
    }

    /** Multilingual BERT; gives the artifact's name. */
    String mbert(ImportSettings settings) throws IOException {
        Path jar = fetch();
        try (TemporaryFolder beside = beside();
                Mbert mbert = unpack(jar, beside.path())) {
            return write(mbert.spec(settings));
        }
    }

    /** Shows a bar only if there is something to download. */
    private static Path fetch() throws IOException {
        ProgressBar[] bar = new ProgressBar[1];
        try {
            return Mbert.fetch((bytes, total) -> {
                if (bar[0] == null) {
                    bar[0] = ProgressBars.of("Fetching mBERT", " MB", total >> 20);
                }
                bar[0].stepTo(bytes >> 20);
            });
        } finally {
            if (bar[0] != null) {
                bar[0].close();
            }
        }
    }

    /** On the same disk as the output, and gone even if the program is interrupted. */
    private TemporaryFolder beside() throws IOException {
        return TemporaryFolder.create(output.toAbsolutePath().getParent(), ".import-");
    }

    private static Mbert unpack(Path jar, Path folder) throws IOException {
        try (ProgressBar bar = ProgressBars.of("Unpacking mBERT", " MB", Mbert.CHECKPOINT_BYTES >> 20)) {
            long[] bytes = new long[1];
            return Mbert.unpack(jar, folder, read -> {
                bytes[0] += read;
                bar.stepTo(bytes[0] >> 20);
            });
        }
    }

    private String write(ArtifactSpec artifact) throws IOException {
        Manifest manifest = artifact.manifest();
        out.println("Writing [" + manifest.name() + "]: " + artifact.config().layers() + " layers of "
                + artifact.config().hidden() + ", pooling " + artifact.pooling());
        for (TextRole role : TextRole.values()) {
            out.println("Each " + role.key() + ": prefix [" + manifest.prefix(role) + "], at most "
                    + manifest.maxTokens(role) + " tokens");
        }
        out.flush();
        try (TemporaryFolder beside = beside()) {
            Path whole = beside.path().resolve(output.getFileName());
            ArtifactWriter.write(artifact, whole);
            Files.move(whole, output, StandardCopyOption.ATOMIC_MOVE);
        }
        out.println("Wrote " + output + "; its golden vectors were computed and verified.");
        out.flush();
        return manifest.name();
    }
}
