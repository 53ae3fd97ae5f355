package org.hybridir.trainer.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.GoldenVector;
import org.hybridir.encoder.GoldenVectors;
import org.hybridir.encoder.TextRole;
import org.hybridir.encoder.TextTokenizer;
import org.hybridir.encoder.TokenBatch;
import org.hybridir.encoder.Tokens;

/** An artifact's golden texts and vectors, to be compared with what an exported net makes of them. */
final class GoldenCheck {
    private final Artifact artifact;
    private final List<GoldenVector> golden;

    private GoldenCheck(Artifact artifact, List<GoldenVector> golden) {
        this.artifact = artifact;
        this.golden = golden;
    }

    static GoldenCheck of(Artifact artifact) throws IOException {
        return new GoldenCheck(artifact, GoldenVectors.read(artifact.folder()));
    }

    /** How many texts are compared. */
    int texts() {
        return golden.size();
    }

    /**
     * Runs the texts of each role as one padded batch, their tokens being those of the artifact's own tokenizer.
     *
     * @return the largest deviation
     * @throws ExportException naming the first text that deviates by more than is allowed
     */
    Deviation compare(ExportedNet net) throws IOException {
        Deviation largest = Deviation.NONE;
        try (TextTokenizer tokenizer = TextTokenizer.open(artifact)) {
            for (TextRole role : TextRole.values()) {
                List<GoldenVector> texts = of(role);
                if (!texts.isEmpty()) {
                    largest = largest.max(compare(net.embed(batch(tokenizer, texts)), texts));
                }
            }
        }
        return largest;
    }

    /**
     * Runs the texts one by one, prefix and text as they are, through the net's own tokenizer. Texts that were cut are
     * left out: that tokenizer has one limit for both roles.
     */
    Deviation compareTexts(TorchScriptNet net) throws IOException {
        List<GoldenVector> texts =
                golden.stream().filter(entry -> !entry.truncated()).toList();
        float[][] vectors = new float[texts.size()][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = net.embed(prefixed(texts.get(i)));
        }
        return compare(vectors, texts);
    }

    private List<GoldenVector> of(TextRole role) {
        return golden.stream().filter(entry -> entry.role() == role).toList();
    }

    private TokenBatch batch(TextTokenizer tokenizer, List<GoldenVector> texts) {
        List<Tokens> tokens = new ArrayList<>();
        for (GoldenVector entry : texts) {
            tokens.add(tokenizer.tokenize(prefixed(entry), artifact.manifest().maxTokens(entry.role())));
        }
        return TokenBatch.of(tokens, artifact.config().padId());
    }

    private String prefixed(GoldenVector entry) {
        return artifact.manifest().prefix(entry.role()) + entry.text();
    }

    private static Deviation compare(float[][] vectors, List<GoldenVector> texts) throws ExportException {
        Deviation largest = Deviation.NONE;
        for (int i = 0; i < vectors.length; i++) {
            Deviation deviation = Deviation.of(vectors[i], texts.get(i).vector());
            if (!deviation.allowed()) {
                throw deviates(texts.get(i), deviation);
            }
            largest = largest.max(deviation);
        }
        return largest;
    }

    private static ExportException deviates(GoldenVector entry, Deviation deviation) {
        String text = entry.text();
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return new ExportException("the exported encoder is not the artifact's: the "
                + entry.role().key() + " ["
                + shown + "] gives a vector with numbers up to [" + deviation.element()
                + "] from the golden ones and a cosine [" + deviation.cosine() + "] from 1; allowed is ["
                + Deviation.LARGEST + "], and nothing was written; the artifact's golden.json may come from another"
                + " machine: import or export it again on this one");
    }
}
