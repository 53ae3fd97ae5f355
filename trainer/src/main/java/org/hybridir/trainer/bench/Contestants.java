package org.hybridir.trainer.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hybridir.encoder.TextRole;
import org.hybridir.encoder.Tokens;
import org.hybridir.program.PrecisionRequest;
import org.hybridir.trainer.export.FusedGraph.Numbers;

/** All who encode in a benchmark: ours in some precisions, ONNX Runtime in both layouts of threads, one text at a time. */
final class Contestants implements Closeable {
    private final OnnxModel model;
    private final List<Contestant> batching = new ArrayList<>();
    private OwnEncoder alone;

    private Contestants(OnnxModel model) {
        this.model = model;
    }

    /** @param samples passages on which the batches' size is tried out where we do not choose it */
    static Contestants open(Path encoder, List<PrecisionRequest> precisions, int threads, List<String> samples)
            throws IOException {
        Contestants all = new Contestants(OnnxModel.open(encoder));
        try {
            for (PrecisionRequest precision : precisions) {
                all.batching.add(OwnEncoder.open(encoder, precision, threads));
            }
            all.alone = OwnEncoder.alone(encoder);
            for (Layout layout : Layout.of(threads)) {
                for (Numbers numbers : Numbers.values()) {
                    OnnxPeer peer = all.model.peer(numbers, layout);
                    all.batching.add(peer);
                    peer.tune(samples, TextRole.PASSAGE);
                }
            }
            return all;
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /** All but {@link #alone}. */
    List<Contestant> batching() {
        return batching;
    }

    /** One text at a time: as fast as others with one query, and slow with many texts. */
    Contestant alone() {
        return alone;
    }

    Tokens tokenize(String text, TextRole role) {
        return model.tokenize(text, role);
    }

    /** What was tried out. */
    List<String> settings() {
        return batching.stream()
                .filter(OnnxPeer.class::isInstance)
                .map(OnnxPeer.class::cast)
                .map(peer -> peer.name() + ": batches of " + peer.budget() + " tokens")
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (Contestant contestant : batching) {
            contestant.close();
        }
        if (alone != null) {
            alone.close();
        }
        model.close();
    }
}
