package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.hybridir.measure.Report;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;

/** The result: {@code took} in milliseconds, then sections in the order of {@link EvaluationRun}. */
public final class EvaluateResponse extends ActionResponse implements ToXContentObject {
    private final long tookMillis;
    private final Map<String, Object> sections;

    /**
     * @param tookMillis from the request to the report
     * @param sections plain maps, lists, strings and numbers in the order in which they are shown; the report itself,
     *     {@link Report#toMap()}, is one of them
     */
    EvaluateResponse(long tookMillis, Map<String, Object> sections) {
        this.tookMillis = tookMillis;
        this.sections = sections;
    }

    EvaluateResponse(StreamInput in) throws IOException {
        super(in);
        tookMillis = in.readVLong();
        sections = in.readMap();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeVLong(tookMillis);
        out.writeMap(sections);
    }

    /** The sections, such as {@code phases_ms}, {@code encoder}, {@code left_out} and {@code report}. */
    public Map<String, Object> sections() {
        return sections;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject().field("took", tookMillis);
        for (Map.Entry<String, Object> section : sections.entrySet()) {
            builder.field(section.getKey(), section.getValue());
        }
        return builder.endObject();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EvaluateResponse response
                && tookMillis == response.tookMillis
                && sections.equals(response.sections);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tookMillis, sections);
    }
}
