package org.hybridir.trainer.evaluate;

import java.io.IOException;
import java.util.List;
import java.util.function.IntConsumer;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;

/** All that an evaluation needs of {@link org.hybridir.encoder.Encoder}. */
@FunctionalInterface
public interface TextEncoder {
    /** Texts handed to an encoder at once: enough to sort by length, few enough to show progress. */
    int CHUNK = 512;

    /** One encoding for each text, in the order given. */
    List<Encoding> encode(List<String> texts, TextRole role);

    /** Takes encodings in the order of their texts. */
    @FunctionalInterface
    interface Taker {
        void take(int place, Encoding encoding) throws IOException;
    }

    /**
     * Encodes any number of texts, {@value #CHUNK} at a time, and keeps none of the vectors.
     *
     * @param advance is told after each chunk how many texts it had
     */
    default void encode(List<String> texts, TextRole role, Taker taker, IntConsumer advance) throws IOException {
        for (int from = 0; from < texts.size(); from += CHUNK) {
            List<String> chunk = texts.subList(from, Math.min(from + CHUNK, texts.size()));
            int place = from;
            for (Encoding encoding : encode(chunk, role)) {
                taker.take(place++, encoding);
            }
            advance.accept(chunk.size());
        }
    }
}
