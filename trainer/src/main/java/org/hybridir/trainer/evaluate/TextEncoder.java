package org.hybridir.trainer.evaluate;

import java.util.List;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;

/** All that an evaluation needs of {@link org.hybridir.encoder.Encoder}. */
@FunctionalInterface
public interface TextEncoder {
    /** One encoding for each text, in the order given. */
    List<Encoding> encode(List<String> texts, TextRole role);
}
