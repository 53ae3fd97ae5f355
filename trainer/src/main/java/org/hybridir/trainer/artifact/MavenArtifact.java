package org.hybridir.trainer.artifact;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;

/**
 * A file of a Maven repository, brought the way Maven brings it: from the local repository, or else from the repositories,
 * mirrors and proxies of the user's settings, with its checksum verified.
 */
final class MavenArtifact {
    private MavenArtifact() {}

    /**
     * @param coordinates {@code group:artifact:version}
     * @param progress told of a download; never if the file is in the local repository
     */
    static Path resolve(String coordinates, Mbert.Download progress) throws ImportException {
        ContextOverrides overrides = ContextOverrides.create()
                .withUserSettings(true)
                .checksumPolicy(ContextOverrides.ChecksumPolicy.FAIL)
                .transferListener(new Listener(progress))
                // the default of ten seconds without a byte is short for a file of 664 MB
                .configProperties(Map.of("aether.connector.requestTimeout", 120_000))
                .build();
        try (Context context = Runtimes.INSTANCE.getRuntime().create(overrides)) {
            ArtifactRequest request =
                    new ArtifactRequest(new DefaultArtifact(coordinates), context.remoteRepositories(), null);
            return context.repositorySystem()
                    .resolveArtifact(context.repositorySystemSession(), request)
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (ArtifactResolutionException e) {
            throw new ImportException(
                    "the Maven artifact [" + coordinates + "] could not be brought: " + e.getMessage()
                            + "; check the network and the mirrors and proxies of Maven's settings.xml",
                    e);
        }
    }

    private static final class Listener extends AbstractTransferListener {
        private final Mbert.Download progress;

        Listener(Mbert.Download progress) {
            this.progress = progress;
        }

        @Override
        public void transferProgressed(TransferEvent event) {
            progress.progressed(event.getTransferredBytes(), event.getResource().getContentLength());
        }
    }
}
