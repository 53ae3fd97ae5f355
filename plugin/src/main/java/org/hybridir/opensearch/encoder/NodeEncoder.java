package org.hybridir.opensearch.encoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.Reservations;
import org.hybridir.encoder.TextRole;

/** One open encoder, as the node sees it; what the methods mean is said at {@link Encoder}. Thread-safe. */
public interface NodeEncoder extends AutoCloseable {
    int dimension();

    String fingerprint();

    Map<String, Object> describe();

    Map<String, Object> stats();

    CompletableFuture<Error> broken();

    CompletableFuture<List<Encoding>> submit(List<String> texts, TextRole role);

    @Override
    void close();

    /** How a folder becomes an encoder. */
    @FunctionalInterface
    interface Opener {
        NodeEncoder open(Path folder, EncoderOptions options, Reservations reservations) throws IOException;
    }
}
