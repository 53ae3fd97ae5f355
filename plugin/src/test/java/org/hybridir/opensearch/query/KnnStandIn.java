package org.hybridir.opensearch.query;

import java.io.IOException;
import java.util.Map;
import org.apache.lucene.search.Query;
import org.opensearch.common.lucene.search.Queries;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.index.query.AbstractQueryBuilder;
import org.opensearch.index.query.QueryShardContext;

/** In the place of the k-NN plugin's query, whose jar cannot be had: keeps what it is given and finds nothing. */
final class KnnStandIn extends AbstractQueryBuilder<KnnStandIn> {
    static final String NAME = "knn";

    private final Map<String, Object> content;

    private KnnStandIn(Map<String, Object> content) {
        this.content = content;
    }

    KnnStandIn(StreamInput in) throws IOException {
        super(in);
        content = in.readMap();
    }

    static KnnStandIn fromXContent(XContentParser parser) throws IOException {
        return new KnnStandIn(parser.map());
    }

    Map<String, Object> content() {
        return content;
    }

    @Override
    protected void doWriteTo(StreamOutput out) throws IOException {
        out.writeMap(content);
    }

    @Override
    protected void doXContent(XContentBuilder builder, Params params) throws IOException {
        builder.field(NAME, content);
    }

    @Override
    protected Query doToQuery(QueryShardContext context) {
        return Queries.newMatchNoDocsQuery("stands in");
    }

    @Override
    protected boolean doEquals(KnnStandIn other) {
        return content.equals(other.content);
    }

    @Override
    protected int doHashCode() {
        return content.hashCode();
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }
}
