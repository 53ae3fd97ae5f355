package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;

/**
 * Where a passage's parts are in its document.
 *
 * @param vector field of vectors, read from Lucene's float vectors
 * @param dimension length of each vector
 */
record PassageFields(String vector, int dimension) implements Writeable {
    static final String LANGUAGE = "language";
    static final String QUESTION_IDS = "question_ids";

    PassageFields(StreamInput in) throws IOException {
        this(in.readString(), in.readVInt());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(vector);
        out.writeVInt(dimension);
    }
}
