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

/**
 * The node that tests share: started at the first use, stopped when this JVM ends. It has the encoders {@code mbert}, the
 * real one, and {@code tiny}, random, of 32 dimensions.
 */
final class RealNode {
    static final String MBERT = "mbert";
    static final String TINY = "tiny";

    private static Installation installation;
    private static LocalNode shared;

    private RealNode() {}

    static synchronized LocalNode shared() {
        if (shared == null) {
            try {
                shared = LocalNode.start(installation(), NodeSettings.single("shared", encoders()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    /** The distribution with both plugins, for any number of nodes; goes when this JVM ends. */
    static synchronized Installation installation() throws IOException {
        if (installation == null) {
            installation = install(knn(), plugin());
        }
        return installation;
    }

    /** The distribution with the given plugins. */
    static Installation install(Path... plugins) throws IOException {
        return Installation.install(path("distribution"), List.of(plugins));
    }

    static Path knn() {
        return path("knn");
    }

    static Path plugin() {
        return path("plugin");
    }

    static Map<String, Path> encoders() throws IOException {
        return Map.of(MBERT, mbert(), TINY, tiny());
    }

    /** The artifact that the trainer's tests import too. */
    static synchronized Path mbert() throws IOException {
        Path folder = path("encoders").resolve("mbert");
        if (!Files.exists(folder)) {
            Path jar = Mbert.fetch((bytes, total) -> {});
            try (Mbert mbert = Mbert.unpack(jar, folder.getParent(), bytes -> {})) {
                ArtifactWriter.write(mbert.spec(ImportSettings.none()), folder);
            }
        }
        return folder;
    }

    static synchronized Path tiny() throws IOException {
        Path parent = path("encoders").resolve("for-tests");
        Path folder = parent.resolve("tiny");
        if (!Files.exists(folder)) {
            Files.createDirectories(parent);
            TinyArtifacts.bert(parent, "tiny");
        }
        return folder;
    }

    private static Path path(String property) {
        String value = System.getProperty(property);
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException("the system property [" + property + "] is not set; run [mvn verify]");
        }
        return Path.of(value);
    }
}
