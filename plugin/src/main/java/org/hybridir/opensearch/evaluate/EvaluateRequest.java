package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.action.IndicesRequest;
import org.opensearch.action.support.IndicesOptions;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.tasks.TaskId;

/** Asks for an evaluation; names all indices that it reads, so that the caller's rights on each are checked. */
public final class EvaluateRequest extends ActionRequest implements IndicesRequest {
    private final EvaluationSpec spec;

    EvaluateRequest(EvaluationSpec spec) {
        this.spec = spec;
    }

    EvaluateRequest(StreamInput in) throws IOException {
        super(in);
        spec = new EvaluationSpec(in);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        spec.writeTo(out);
    }

    EvaluationSpec spec() {
        return spec;
    }

    /** Nothing is left to check: the spec's constructor did. */
    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    @Override
    public String[] indices() {
        return Stream.of(spec.index(), spec.questions(), spec.judgementsIndex())
                .filter(Objects::nonNull)
                .toArray(String[]::new);
    }

    @Override
    public IndicesOptions indicesOptions() {
        return IndicesOptions.strictSingleIndexNoExpandForbidClosed();
    }

    @Override
    public EvaluateTask createTask(long id, String type, String action, TaskId parent, Map<String, String> headers) {
        return new EvaluateTask(id, type, action, getDescription(), parent, headers);
    }

    @Override
    public String getDescription() {
        return "passages [" + spec.index() + "], questions [" + spec.questions() + "]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EvaluateRequest request && spec.equals(request.spec);
    }

    @Override
    public int hashCode() {
        return spec.hashCode();
    }
}
