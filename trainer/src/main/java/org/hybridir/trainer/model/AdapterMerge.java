package org.hybridir.trainer.model;

import java.io.IOException;
import java.util.Optional;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactSpec;
import org.hybridir.encoder.Manifest;

/** Makes an artifact of a base and an adapter: the same that training the adapter ended with. */
public final class AdapterMerge {
    private AdapterMerge() {}

    /**
     * What the artifact is written from; valid while both are open.
     *
     * @param name of the artifact
     * @throws IllegalArgumentException if the adapter was trained on another base
     */
    public static ArtifactSpec spec(Artifact base, Adapter adapter, String name) throws IOException {
        requireBase(base, adapter);
        Optional<LanguageDirections> directions = adapter.languageDirections();
        if (directions.isPresent()) {
            requireNoDense(base);
        }
        return new ArtifactSpec(
                base.config(),
                base.tokenizerJson(),
                adapter.mergedInto(base.weights()),
                base.layout().pooling(),
                directions.map(LanguageDirections::dense).or(() -> base.layout().dense()),
                directions.map(LanguageDirections::denseWeights).or(base::denseWeights),
                manifest(adapter.manifest(), name));
    }

    /**
     * The base of an encoder that goes without {@link LanguageDirections}.
     *
     * @throws IllegalArgumentException if it has a dense layer already, where theirs would be
     */
    public static Artifact requireNoDense(Artifact base) {
        if (base.layout().dense().isPresent()) {
            throw new IllegalArgumentException("[" + base.manifest().name() + "] has a dense layer after pooling, where"
                    + " directions that tell the language would be left out; a base without one can go without them, such"
                    + " as [mbert]");
        }
        return base;
    }

    /** Whether all that an artifact says of itself but its name is what the adapter says: lengths, int8 and provenance. */
    public static boolean madeOf(Artifact artifact, Adapter adapter) {
        String name = artifact.manifest().name();
        return manifest(artifact.manifest(), name).equals(manifest(adapter.manifest(), name));
    }

    private static Manifest manifest(Manifest adapter, String name) {
        return adapter.forArtifact(name, adapter.provenance()).keepingFromInt8(adapter.keptFromInt8());
    }

    /** @throws IllegalArgumentException if the adapter was trained on another base */
    static void requireBase(Artifact base, Adapter adapter) {
        String found = base.weightsHash();
        if (!found.equals(adapter.base())) {
            throw new IllegalArgumentException("the adapter was trained on weights of SHA-256 [" + adapter.base()
                    + "], and [" + base.manifest().name() + "] has [" + found
                    + "]; name the base that it was trained on");
        }
    }
}
