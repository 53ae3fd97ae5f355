package org.hybridir.opensearch.result;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;

/** Some of the evaluations that are kept, the newest first, without their results. */
public final class ListEvaluationsResponse extends ActionResponse implements ToXContentObject {
    private final long total;
    private final List<KeptEvaluation> evaluations;

    /** @param total how many are kept */
    ListEvaluationsResponse(long total, List<KeptEvaluation> evaluations) {
        this.total = total;
        this.evaluations = evaluations;
    }

    ListEvaluationsResponse(StreamInput in) throws IOException {
        super(in);
        total = in.readVLong();
        evaluations = in.readList(KeptEvaluation::new);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeVLong(total);
        out.writeList(evaluations);
    }

    public long total() {
        return total;
    }

    public List<KeptEvaluation> evaluations() {
        return evaluations;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject().field("total", total).startArray("evaluations");
        for (KeptEvaluation evaluation : evaluations) {
            evaluation.toXContent(builder, params);
        }
        return builder.endArray().endObject();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ListEvaluationsResponse response
                && total == response.total
                && evaluations.equals(response.evaluations);
    }

    @Override
    public int hashCode() {
        return Objects.hash(total, evaluations);
    }
}
