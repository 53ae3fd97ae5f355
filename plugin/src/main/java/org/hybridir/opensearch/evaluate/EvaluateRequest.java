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
    private final boolean waitForCompletion;
    private final boolean keep;

    /** One that is waited for and not kept. */
    EvaluateRequest(EvaluationSpec spec) {
        this(spec, true, false);
    }

    /**
     * @param waitForCompletion whether to answer with the result; else, as soon as it runs, with its task and id
     * @param keep whether the result is kept, to be read again by id
     * @throws IllegalArgumentException if nobody would ever see the result
     */
    EvaluateRequest(EvaluationSpec spec, boolean waitForCompletion, boolean keep) {
        if (waitForCompletion == false && keep == false) {
            throw new IllegalArgumentException(
                    "[keep] is [false] and [wait_for_completion] is [false], so that nobody would"
                            + " see the result: leave out one of them");
        }
        this.spec = spec;
        this.waitForCompletion = waitForCompletion;
        this.keep = keep;
    }

    EvaluateRequest(StreamInput in) throws IOException {
        super(in);
        spec = new EvaluationSpec(in);
        waitForCompletion = in.readBoolean();
        keep = in.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        spec.writeTo(out);
        out.writeBoolean(waitForCompletion);
        out.writeBoolean(keep);
    }

    EvaluationSpec spec() {
        return spec;
    }

    boolean waitForCompletion() {
        return waitForCompletion;
    }

    boolean keep() {
        return keep;
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
        return other instanceof EvaluateRequest request
                && spec.equals(request.spec)
                && waitForCompletion == request.waitForCompletion
                && keep == request.keep;
    }

    @Override
    public int hashCode() {
        return Objects.hash(spec, waitForCompletion, keep);
    }
}
