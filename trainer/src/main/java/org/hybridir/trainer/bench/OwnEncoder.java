package org.hybridir.trainer.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;
import org.hybridir.program.Precision;
import org.hybridir.program.PrecisionRequest;

/** Our encoder, as the plugin runs it; or a text at a time, as its neighbours in OpenSearch run theirs. */
final class OwnEncoder implements Contestant {
    /** The peer that takes one text at a time. */
    static final String ALONE = "one at a time";

    private final String name;
    private final boolean alone;
    private final Encoder encoder;

    private OwnEncoder(String name, boolean alone, Encoder encoder) {
        this.name = name;
        this.alone = alone;
        this.encoder = encoder;
    }

    static OwnEncoder open(Path folder, PrecisionRequest precision, int threads) throws IOException {
        return new OwnEncoder("hybrid-ir " + precision.key(), false, Encoder.open(folder, options(precision, threads)));
    }

    /** One thread, 32-bit floats, one text after the other. */
    static OwnEncoder alone(Path folder) throws IOException {
        return new OwnEncoder(
                ALONE + " fp32", true, Encoder.open(folder, options(PrecisionRequest.of(Precision.FP32), 1)));
    }

    private static EncoderOptions options(PrecisionRequest precision, int threads) {
        return EncoderOptions.defaults().withPrecision(precision).withThreads(threads);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> peer() {
        return alone ? Optional.of(ALONE) : Optional.empty();
    }

    @Override
    public List<float[]> encode(List<String> texts, TextRole role) {
        List<Encoding> encodings = new ArrayList<>(texts.size());
        if (alone) {
            texts.forEach(text -> encodings.addAll(encoder.encode(List.of(text), role)));
        } else {
            encodings.addAll(encoder.encode(texts, role));
        }
        return encodings.stream().map(Encoding::vector).toList();
    }

    @Override
    public Computed computed() {
        Map<String, Object> stats = encoder.stats();
        return new Computed(
                ((Number) stats.get("tokens")).longValue(), ((Number) stats.get("padded_tokens")).longValue());
    }

    @Override
    public void close() {
        encoder.close();
    }
}
