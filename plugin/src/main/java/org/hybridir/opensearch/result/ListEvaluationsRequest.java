package org.hybridir.opensearch.result;

import java.io.IOException;
import java.util.Objects;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

/** Asks for some of the evaluations that are kept, the newest first. */
public final class ListEvaluationsRequest extends ActionRequest {
    static final int DEFAULT_SIZE = 20;
    static final int MAX_SIZE = 1000;
    /** With {@link #MAX_SIZE}, as far as a search goes. */
    static final int MAX_FROM = 9000;

    private final int from;
    private final int size;

    /** @throws IllegalArgumentException if one of them is out of range */
    ListEvaluationsRequest(int from, int size) {
        if (from < 0 || from > MAX_FROM) {
            throw new IllegalArgumentException("[from] is [" + from + "], allowed are 0 to " + MAX_FROM);
        }
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("[size] is [" + size + "], allowed are 1 to " + MAX_SIZE);
        }
        this.from = from;
        this.size = size;
    }

    ListEvaluationsRequest(StreamInput in) throws IOException {
        super(in);
        from = in.readVInt();
        size = in.readVInt();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeVInt(from);
        out.writeVInt(size);
    }

    int from() {
        return from;
    }

    int size() {
        return size;
    }

    /** Nothing is left to check: the constructor did. */
    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ListEvaluationsRequest request && from == request.from && size == request.size;
    }

    @Override
    public int hashCode() {
        return Objects.hash(from, size);
    }
}
