package org.hybridir.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hybridir.encoder.ArtifactWriter;
import org.hybridir.encoder.TinyArtifacts;
import org.hybridir.trainer.artifact.ImportSettings;
import org.hybridir.trainer.artifact.Mbert;
import org.hybridir.trainer.node.Installation;
import org.hybridir.trainer.node.LocalNode;
import org.hybridir.trainer.node.NodeSettings;

/** What the tests share: one installation, one node with the encoders {@code mbert} and {@code tiny}. */
final class RealNodes {
    static final String MBERT = "mbert";
    static final String TINY = "tiny";

    private static Installation installation;
    private static LocalNode shared;
    private static Path tiny;

    private RealNodes() {}

    /** OpenSearch with both plugins; stopped and deleted when this JVM ends. */
    static synchronized Installation installation() throws IOException {
        if (installation == null) {
            installation = Installation.install(zip("distribution.zip"), List.of(zip("knn.zip"), zip("plugin.zip")));
        }
        return installation;
    }

    /** The node that most tests use, started by the first that asks. */
    static synchronized LocalNode shared() {
        try {
            if (shared == null) {
                shared = LocalNode.start(
                        installation(), NodeSettings.single("shared", Map.of(MBERT, mbert(), TINY, tiny())));
            }
            return shared;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the zips that the build brings or makes, by the name of its system property. */
    static Path zip(String property) {
        return Path.of(property(property));
    }

    /** The real weights, imported if nobody did before. */
    static synchronized Path mbert() throws IOException {
        Path folder = Path.of(property("mbert.folder")).toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.getParent());
            Path jar = Mbert.fetch((bytes, total) -> {});
            try (Mbert mbert = Mbert.unpack(jar, folder.getParent(), bytes -> {})) {
                ArtifactWriter.write(mbert.spec(ImportSettings.none()), folder);
            }
        }
        return folder;
    }

    /** A random encoder of dimension {@link TinyArtifacts#DIMENSION}. */
    static synchronized Path tiny() throws IOException {
        if (tiny == null) {
            tiny = TinyArtifacts.bert(installation().work(), TINY);
        }
        return tiny;
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("system property [" + name + "] is missing: run by [mvn verify]");
        }
        return value;
    }
}
