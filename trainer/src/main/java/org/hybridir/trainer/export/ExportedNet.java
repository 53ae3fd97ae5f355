package org.hybridir.trainer.export;

import java.io.Closeable;
import java.io.IOException;
import org.hybridir.encoder.TokenBatch;

/** An exported file, opened in the runtime that it is for. */
interface ExportedNet extends Closeable {
    /** One vector of length one for each text. */
    float[][] embed(TokenBatch batch) throws IOException;
}
