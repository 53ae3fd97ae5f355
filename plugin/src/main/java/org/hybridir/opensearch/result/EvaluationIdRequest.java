package org.hybridir.opensearch.result;

import java.io.IOException;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

/** Names one evaluation that is kept. */
public final class EvaluationIdRequest extends ActionRequest {
    private final String id;

    EvaluationIdRequest(String id) {
        this.id = id;
    }

    EvaluationIdRequest(StreamInput in) throws IOException {
        super(in);
        id = in.readString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(id);
    }

    String id() {
        return id;
    }

    /** Any id may be asked for; what is not there is answered with 404. */
    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EvaluationIdRequest request && id.equals(request.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
