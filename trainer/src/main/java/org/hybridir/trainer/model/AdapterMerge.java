package org.hybridir.trainer.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.ArtifactSpec;
import org.hybridir.encoder.ArtifactWriter;
import org.hybridir.encoder.Manifest;

/** Makes an artifact of a base and an adapter. */
public final class AdapterMerge {
    private AdapterMerge() {}

    /**
     * Writes the artifact.
     *
     * @throws IllegalArgumentException if the adapter was trained on another base
     */
    public static void write(Path base, Path adapter, String name, Path output) throws IOException {
        try (Artifact opened = Artifact.open(new ArtifactFolder(base))) {
            Adapter.read(adapter, read -> {
                requireBase(base, opened, read);
                ArtifactWriter.write(spec(opened, read, name), output);
            });
        }
    }

    private static void requireBase(Path base, Artifact opened, Adapter adapter) {
        String found = opened.weightsHash();
        if (!found.equals(adapter.base())) {
            throw new IllegalArgumentException("the adapter was trained on weights of SHA-256 [" + adapter.base()
                    + "], and [" + base + "] has [" + found + "]; name the base that it was trained on");
        }
    }

    private static ArtifactSpec spec(Artifact base, Adapter adapter, String name) throws IOException {
        Manifest own = base.manifest();
        Map<String, Object> provenance = new LinkedHashMap<>(own.provenance());
        provenance.put("base", own.name());
        provenance.put("merged", adapter.lora().toString());
        return new ArtifactSpec(
                base.config(),
                base.tokenizerJson(),
                adapter.mergedInto(base.weights()),
                base.layout().pooling(),
                base.layout().dense(),
                base.denseWeights().map(weights -> weights),
                own.forArtifact(name, provenance));
    }
}
