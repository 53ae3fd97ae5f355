package org.hybridir.opensearch.result;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.hybridir.compare.Comparison;
import org.hybridir.compare.ComparisonTable;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;

/** A comparison, for programs and for people. */
public final class CompareEvaluationsResponse extends ActionResponse implements ToXContentObject {
    private final Map<String, Object> comparison;
    private final String table;

    CompareEvaluationsResponse(Comparison comparison) {
        this.comparison = comparison.toMap();
        this.table = ComparisonTable.render(comparison);
    }

    CompareEvaluationsResponse(StreamInput in) throws IOException {
        super(in);
        comparison = in.readMap();
        table = in.readString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeMap(comparison);
        out.writeString(table);
    }

    /** As {@link Comparison#toMap} shows it. */
    public Map<String, Object> comparison() {
        return comparison;
    }

    /** As {@link ComparisonTable} prints it. */
    public String table() {
        return table;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.map(comparison);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompareEvaluationsResponse response
                && comparison.equals(response.comparison)
                && table.equals(response.table);
    }

    @Override
    public int hashCode() {
        return Objects.hash(comparison, table);
    }
}
