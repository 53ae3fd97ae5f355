package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hybridir.measure.Report;
import org.hybridir.opensearch.result.QuestionSection;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;

/**
 * The result: {@code id} if it is kept, {@code took} in milliseconds, then sections in the order of {@link EvaluationTally}.
 * Of an evaluation that is not waited for, only {@code task} and {@code id}.
 */
public final class EvaluateResponse extends ActionResponse implements ToXContentObject {
    private static final String ID = "id";

    private final Map<String, Object> sections;

    private EvaluateResponse(Map<String, Object> sections) {
        this.sections = sections;
    }

    /**
     * A result.
     *
     * @param tookMillis from the request to the report
     * @param sections plain maps, lists, strings and numbers in the order in which they are shown; the report itself,
     *     {@link Report#toMap()}, is one of them
     */
    EvaluateResponse(long tookMillis, Map<String, Object> sections) {
        this(new LinkedHashMap<>());
        this.sections.put("took", tookMillis);
        this.sections.putAll(sections);
    }

    EvaluateResponse(StreamInput in) throws IOException {
        super(in);
        sections = in.readMap();
    }

    /** What is answered before there is a result. */
    static EvaluateResponse started(TaskId task, String id) {
        Map<String, Object> sections = new LinkedHashMap<>();
        sections.put("task", task.toString());
        sections.put(ID, id);
        return new EvaluateResponse(sections);
    }

    /** This result without each question's own values. */
    EvaluateResponse withoutQuestionValues() {
        return new EvaluateResponse(QuestionSection.withoutValues(sections));
    }

    /** This result, and where it is kept. */
    EvaluateResponse keptAs(String id) {
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put(ID, id);
        kept.putAll(sections);
        return new EvaluateResponse(kept);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeMap(sections);
    }

    /** All of it, such as {@code took}, {@code phases_ms}, {@code encoder}, {@code left_out} and {@code report}. */
    public Map<String, Object> sections() {
        return sections;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.map(sections);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EvaluateResponse response && sections.equals(response.sections);
    }

    @Override
    public int hashCode() {
        return sections.hashCode();
    }
}
