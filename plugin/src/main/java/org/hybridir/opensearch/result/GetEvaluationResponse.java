package org.hybridir.opensearch.result;

import java.io.IOException;
import java.util.Objects;
import org.opensearch.common.Nullable;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.tasks.Task;

/** One evaluation; while it runs, with how far it is. */
public final class GetEvaluationResponse extends ActionResponse implements ToXContentObject {
    /** A parameter of how it is shown. */
    static final String PER_QUESTION = "per_question";

    private final KeptEvaluation evaluation;
    private final Task.Status status;

    /** @param status of its task, or null */
    GetEvaluationResponse(KeptEvaluation evaluation, @Nullable Task.Status status) {
        this.evaluation = evaluation;
        this.status = status;
    }

    GetEvaluationResponse(StreamInput in) throws IOException {
        super(in);
        evaluation = new KeptEvaluation(in);
        status = in.readOptionalNamedWriteable(Task.Status.class);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        evaluation.writeTo(out);
        out.writeOptionalNamedWriteable(status);
    }

    public KeptEvaluation evaluation() {
        return evaluation;
    }

    /** How far the task is; null if it has ended, or has not said yet. */
    @Nullable
    public Task.Status status() {
        return status;
    }

    /** Each question's own values are shown if {@link #PER_QUESTION} is true. */
    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject();
        boolean perQuestion = params.paramAsBoolean(PER_QUESTION, false);
        (perQuestion ? evaluation : evaluation.withoutQuestionValues()).innerToXContent(builder);
        if (status != null) {
            builder.field("status", status, params);
        }
        return builder.endObject();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GetEvaluationResponse response
                && evaluation.equals(response.evaluation)
                && Objects.equals(status, response.status);
    }

    @Override
    public int hashCode() {
        return Objects.hash(evaluation, status);
    }
}
