package org.hybridir.opensearch.evaluate.search;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hybridir.measure.Setting;
import org.opensearch.common.Nullable;
import org.opensearch.core.ParseField;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ObjectParser;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;

/**
 * How questions are asked in the search mode: the object {@code search} of {@code POST _hybrid_ir/_evaluate}.
 *
 * @param k hits of each search; what stands behind them counts as not found
 * @param queries one, or several whose hits are fused by {@link ReciprocalRankFusion}
 * @param rankConstant of the fusion; null: {@link #DEFAULT_RANK_CONSTANT}
 * @param compareExact whether the exact ranking is evaluated too, with the same k, and the two are compared
 */
public record SearchSpec(
        int k, List<QueryTemplate> queries, @Nullable Integer rankConstant, boolean compareExact)
        implements Writeable, ToXContentObject {
    static final int DEFAULT_K = 100;
    /** {@code index.max_result_window}, unless told otherwise. */
    static final int MAX_K = 10_000;

    /** As Cormack et al. (2009) and OpenSearch's own fusion have it. */
    static final int DEFAULT_RANK_CONSTANT = 60;

    static final int MAX_RANK_CONSTANT = 10_000;

    private static final ParseField K = new ParseField("k");
    private static final ParseField QUERY = new ParseField("query");
    private static final ParseField QUERIES = new ParseField("queries");
    private static final ParseField RANK_CONSTANT = new ParseField("rank_constant");
    private static final ParseField COMPARE_EXACT = new ParseField("compare_exact");

    private static final ObjectParser<Draft, Void> PARSER = new ObjectParser<>("search", Draft::new);

    static {
        PARSER.declareInt((d, v) -> d.k = v, K);
        PARSER.declareField((d, v) -> d.query = v, (p, c) -> query(p), QUERY, ObjectParser.ValueType.OBJECT_OR_STRING);
        PARSER.declareFieldArray(
                (d, v) -> d.queries = v, (p, c) -> query(p), QUERIES, ObjectParser.ValueType.OBJECT_ARRAY);
        PARSER.declareInt((d, v) -> d.rankConstant = v, RANK_CONSTANT);
        PARSER.declareBoolean((d, v) -> d.compareExact = v, COMPARE_EXACT);
    }

    private static Object query(XContentParser parser) throws IOException {
        return parser.currentToken() == XContentParser.Token.VALUE_STRING ? parser.text() : parser.mapOrdered();
    }

    /** @throws IllegalArgumentException if a value is not one of those allowed */
    public SearchSpec {
        if (k < 1 || k > MAX_K) {
            throw new IllegalArgumentException("[k] is [" + k + "], allowed are 1 to " + MAX_K);
        }
        queries = List.copyOf(queries);
        if (queries.isEmpty()) {
            throw new IllegalArgumentException("[search] has no query: give one in [query], or several in [queries]");
        }
        if (rankConstant != null && (rankConstant < 1 || rankConstant > MAX_RANK_CONSTANT)) {
            throw new IllegalArgumentException(
                    "[rank_constant] is [" + rankConstant + "], allowed are 1 to " + MAX_RANK_CONSTANT);
        }
        if (rankConstant != null && queries.size() == 1) {
            throw new IllegalArgumentException("[rank_constant] is [" + rankConstant
                    + "], but there is one query and nothing to fuse: give several in [queries]");
        }
    }

    public SearchSpec(StreamInput in) throws IOException {
        this(in.readVInt(), in.readList(QueryTemplate::new), in.readOptionalVInt(), in.readBoolean());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeVInt(k);
        out.writeList(queries);
        out.writeOptionalVInt(rankConstant);
        out.writeBoolean(compareExact);
    }

    /** Read first, built later, so that what a constructor refuses is not buried in a parser's message. */
    public static Draft fromXContent(XContentParser parser) throws IOException {
        return PARSER.parse(parser, null);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject().field(K.getPreferredName(), k);
        if (queries.size() == 1) {
            builder.field(QUERY.getPreferredName(), queries.get(0));
        } else {
            builder.field(QUERIES.getPreferredName(), queries);
        }
        if (rankConstant != null) {
            builder.field(RANK_CONSTANT.getPreferredName(), rankConstant);
        }
        return builder.field(COMPARE_EXACT.getPreferredName(), compareExact).endObject();
    }

    /**
     * Refuses what has no meaning in one of the settings.
     *
     * @throws IllegalArgumentException if a query asks for the language of the pool of all languages
     */
    public void check(Set<Setting> settings) {
        if (settings.contains(Setting.MULTILINGUAL)
                && queries.stream().anyMatch(query -> query.has(QueryTemplate.POOL_LANGUAGE))) {
            throw new IllegalArgumentException("[" + QueryTemplate.shown(QueryTemplate.POOL_LANGUAGE)
                    + "] has no value in the setting [" + Setting.MULTILINGUAL.key()
                    + "], whose pool has all languages: name the other settings in [settings], or evaluate that one"
                    + " with a query of its own");
        }
    }

    public boolean fuses() {
        return queries.size() > 1;
    }

    /** The constant of the fusion, by its default if none was given. */
    public int fusionConstant() {
        return rankConstant == null ? DEFAULT_RANK_CONSTANT : rankConstant;
    }

    /** What was given, not yet checked. */
    public static final class Draft {
        private int k = DEFAULT_K;
        private Object query;
        private List<Object> queries = List.of();
        private Integer rankConstant;
        private boolean compareExact;

        /** @throws IllegalArgumentException if a value is not one of those allowed */
        public SearchSpec build() {
            if (query != null && queries.isEmpty() == false) {
                throw new IllegalArgumentException("[search] has both [query] and [queries]: put all into [queries]");
            }
            List<QueryTemplate> templates = (query == null ? queries : List.of(query))
                    .stream().map(Draft::template).toList();
            return new SearchSpec(k, templates, rankConstant, compareExact);
        }

        @SuppressWarnings("unchecked")
        private static QueryTemplate template(Object query) {
            return query instanceof String json
                    ? QueryTemplate.parse(json)
                    : new QueryTemplate((Map<String, Object>) query);
        }
    }
}
