package org.hybridir.trainer.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hybridir.encoder.ArtifactWriter;

/** The real weights: brought through Maven, imported once into the build folder, and used again while they are there. */
final class RealMbert {
    private static final Path FOLDER = Path.of("target", "encoders", "mbert").toAbsolutePath();

    private RealMbert() {}

    /** The checkpoint, unpacked into the build folder; closing it removes it. */
    static Mbert unpack() throws IOException {
        return Mbert.unpack(Mbert.fetch((bytes, total) -> {}), FOLDER.getParent(), bytes -> {});
    }

    /** The artifact's folder. */
    static Path artifact() throws IOException {
        if (!Files.exists(FOLDER)) {
            try (Mbert mbert = unpack()) {
                ArtifactWriter.write(mbert.spec(ImportSettings.none()), FOLDER);
            }
        }
        return FOLDER;
    }
}
