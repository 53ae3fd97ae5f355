package org.hybridir.opensearch.query;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.lucene.search.Query;
import org.hybridir.encoder.TextRole;
import org.opensearch.common.SetOnce;
import org.opensearch.common.xcontent.LoggingDeprecationHandler;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.ParseField;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.ParsingException;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.core.xcontent.ObjectParser;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.index.query.AbstractQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.index.query.QueryShardContext;

/**
 * The query {@code hybrid_ir}: finds the passages nearest in meaning to a text.
 *
 * <pre>{@code
 * {"hybrid_ir": {"embedding": {
 *     "query_text": "Where is the library?",
 *     "encoder": "mbert",                       optional if the index names it, see QueryTargets
 *     "k": 10,                                  or "min_score", or "max_distance"; k = 10 if none is given
 *     "filter": {"term": {"language": "de"}},
 *     "boost": 1.0, "_name": "meaning"}}}
 * }</pre>
 *
 * The coordinating node encodes the text once and puts the k-NN plugin's own {@code knn} query in this query's place, so
 * that no shard runs the encoder and whatever the k-NN plugin can do with a vector holds here too.
 */
public final class HybridIrQueryBuilder extends AbstractQueryBuilder<HybridIrQueryBuilder> {
    /** The query's name. */
    public static final String NAME = "hybrid_ir";

    private static final int DEFAULT_K = 10;

    private static final ParseField QUERY_TEXT = new ParseField("query_text");
    private static final ParseField ENCODER = new ParseField("encoder");
    private static final ParseField K = new ParseField("k");
    private static final ParseField FILTER = new ParseField("filter");
    private static final ParseField MIN_SCORE = new ParseField("min_score");
    private static final ParseField MAX_DISTANCE = new ParseField("max_distance");

    /** What stands inside the field's object. */
    private static final class Body {
        private static final ObjectParser<Body, Void> PARSER = new ObjectParser<>(NAME, Body::new);

        static {
            PARSER.declareString((body, text) -> body.queryText = text, QUERY_TEXT);
            PARSER.declareString((body, name) -> body.encoder = name, ENCODER);
            PARSER.declareInt((body, k) -> body.k = k, K);
            PARSER.declareObject((body, filter) -> body.filter = filter, (p, c) -> parseInnerQueryBuilder(p), FILTER);
            PARSER.declareFloat((body, score) -> body.minScore = score, MIN_SCORE);
            PARSER.declareFloat((body, distance) -> body.maxDistance = distance, MAX_DISTANCE);
            PARSER.declareFloat((body, boost) -> body.boost = boost, BOOST_FIELD);
            PARSER.declareString((body, name) -> body.name = name, NAME_FIELD);
        }

        private String queryText;
        private String encoder;
        private Integer k;
        private QueryBuilder filter;
        private Float minScore;
        private Float maxDistance;
        private float boost = DEFAULT_BOOST;
        private String name;
    }

    /** The text's vector, there once the encoder has answered. */
    private record Encoded(QueryTarget target, SetOnce<float[]> vector) {}

    private final String field;
    private final String queryText;
    private final String encoder;
    private final Integer k;
    private final QueryBuilder filter;
    private final Float minScore;
    private final Float maxDistance;
    private final Supplier<QueryTargets> targets;
    private final Encoded encoded;

    /**
     * The nearest {@code k} of each shard.
     *
     * @param encoder the encoder's name, or null if the index names it
     * @param filter what passages must match, or null
     * @param targets the node's own
     */
    public HybridIrQueryBuilder(
            String field,
            String queryText,
            String encoder,
            int k,
            QueryBuilder filter,
            Supplier<QueryTargets> targets) {
        this(field, queryText, encoder, k, filter, null, null, targets);
    }

    HybridIrQueryBuilder(
            String field,
            String queryText,
            String encoder,
            Integer k,
            QueryBuilder filter,
            Float minScore,
            Float maxDistance,
            Supplier<QueryTargets> targets) {
        this.field = requireText(field, "the field's name");
        this.queryText = requireText(queryText, QUERY_TEXT.getPreferredName());
        this.encoder = encoder == null ? null : requireText(encoder, ENCODER.getPreferredName());
        this.k = k == null && minScore == null && maxDistance == null ? Integer.valueOf(DEFAULT_K) : k;
        this.filter = filter;
        this.minScore = minScore;
        this.maxDistance = maxDistance;
        this.targets = targets;
        this.encoded = null;
        checkLimits();
    }

    private HybridIrQueryBuilder(HybridIrQueryBuilder query, QueryBuilder filter, Encoded encoded) {
        field = query.field;
        queryText = query.queryText;
        encoder = query.encoder;
        k = query.k;
        this.filter = filter;
        minScore = query.minScore;
        maxDistance = query.maxDistance;
        targets = query.targets;
        this.encoded = encoded;
        boost(query.boost());
        queryName(query.queryName());
    }

    public HybridIrQueryBuilder(StreamInput in, Supplier<QueryTargets> targets) throws IOException {
        super(in);
        field = in.readString();
        queryText = in.readString();
        encoder = in.readOptionalString();
        k = in.readOptionalVInt();
        filter = in.readOptionalNamedWriteable(QueryBuilder.class);
        minScore = in.readOptionalFloat();
        maxDistance = in.readOptionalFloat();
        this.targets = targets;
        encoded = null;
    }

    @Override
    protected void doWriteTo(StreamOutput out) throws IOException {
        if (encoded != null) {
            throw new IllegalStateException("the query is being rewritten; rewrite it to the end before it is sent");
        }
        out.writeString(field);
        out.writeString(queryText);
        out.writeOptionalString(encoder);
        out.writeOptionalVInt(k);
        out.writeOptionalNamedWriteable(filter);
        out.writeOptionalFloat(minScore);
        out.writeOptionalFloat(maxDistance);
    }

    private static String requireText(String text, String what) {
        if (text == null) {
            throw new IllegalArgumentException("[" + NAME + "] query needs [" + what + "]");
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException("[" + NAME + "] query: [" + what + "] must not be empty");
        }
        return text;
    }

    private void checkLimits() {
        int given = (k == null ? 0 : 1) + (minScore == null ? 0 : 1) + (maxDistance == null ? 0 : 1);
        if (given > 1) {
            throw new IllegalArgumentException(
                    "[" + NAME + "] query takes only one of [k], [min_score] and [max_distance]");
        }
        if (k != null && k < 1) {
            throw new IllegalArgumentException("[" + NAME + "] query: [k] must be at least 1, not [" + k + "]");
        }
    }

    /** Reads the query; see the class for its form. */
    public static HybridIrQueryBuilder fromXContent(XContentParser parser, Supplier<QueryTargets> targets)
            throws IOException {
        if (parser.nextToken() != XContentParser.Token.FIELD_NAME) {
            throw new ParsingException(
                    parser.getTokenLocation(),
                    "[" + NAME + "] query needs a vector field:" + " {\"" + NAME
                            + "\": {\"field\": {\"query_text\": ...}}}");
        }
        String field = parser.currentName();
        if (parser.nextToken() != XContentParser.Token.START_OBJECT) {
            throw new ParsingException(
                    parser.getTokenLocation(),
                    "[" + NAME + "] query: the value of field [" + field
                            + "] must be an object: {\"query_text\": ...}");
        }
        Body body = Body.PARSER.parse(parser, null);
        if (parser.nextToken() != XContentParser.Token.END_OBJECT) {
            throw new ParsingException(
                    parser.getTokenLocation(),
                    "[" + NAME + "] query doesn't support multiple fields," + " found [" + field + "] and ["
                            + parser.currentName() + "]");
        }
        try {
            return new HybridIrQueryBuilder(
                            field,
                            body.queryText,
                            body.encoder,
                            body.k,
                            body.filter,
                            body.minScore,
                            body.maxDistance,
                            targets)
                    .boost(body.boost)
                    .queryName(body.name);
        } catch (IllegalArgumentException e) {
            throw new ParsingException(parser.getTokenLocation(), e.getMessage(), e);
        }
    }

    @Override
    protected void doXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject(NAME).startObject(field);
        builder.field(QUERY_TEXT.getPreferredName(), queryText);
        if (encoder != null) {
            builder.field(ENCODER.getPreferredName(), encoder);
        }
        limits(builder, params);
        printBoostAndQueryName(builder);
        builder.endObject().endObject();
    }

    /** What the {@code knn} query has under the same names. */
    private void limits(XContentBuilder builder, Params params) throws IOException {
        if (k != null) {
            builder.field(K.getPreferredName(), k);
        }
        if (filter != null) {
            builder.field(FILTER.getPreferredName());
            filter.toXContent(builder, params);
        }
        if (minScore != null) {
            builder.field(MIN_SCORE.getPreferredName(), minScore);
        }
        if (maxDistance != null) {
            builder.field(MAX_DISTANCE.getPreferredName(), maxDistance);
        }
    }

    /** Asks the encoder in the first round; becomes the {@code knn} query in the next. */
    @Override
    protected QueryBuilder doRewrite(QueryRewriteContext context) throws IOException {
        QueryBuilder rewrittenFilter = filter == null ? null : filter.rewrite(context);
        if (rewrittenFilter != filter) {
            return new HybridIrQueryBuilder(this, rewrittenFilter, encoded);
        }
        if (encoded != null) {
            float[] vector = encoded.vector.get();
            return vector == null ? this : knn(context, vector);
        }
        if (context.convertToShardContext() != null) {
            return this;
        }
        // Parsed before anything else: where the k-NN plugin is missing, so are its fields, but that is not the remedy.
        knn(context, new float[] {0});
        QueryTargets ofNode = targets.get();
        Encoded asked = new Encoded(ofNode.find(context, field, encoder), new SetOnce<>());
        context.registerAsyncAction((client, listener) -> ofNode.encoders()
                .encode(
                        asked.target.encoder(),
                        List.of(queryText),
                        TextRole.QUERY,
                        ActionListener.wrap(
                                encodings -> {
                                    float[] vector = encodings.get(0).vector();
                                    asked.target.checkDimension(vector.length);
                                    asked.vector.set(vector);
                                    listener.onResponse(null);
                                },
                                listener::onFailure)));
        return new HybridIrQueryBuilder(this, filter, asked);
    }

    private QueryBuilder knn(QueryRewriteContext context, float[] vector) throws IOException {
        XContentBuilder json = JsonXContent.contentBuilder();
        json.startObject().startObject("knn").startObject(field).array("vector", vector);
        limits(json, ToXContent.EMPTY_PARAMS);
        json.endObject().endObject().endObject();
        try (XContentParser parser = MediaTypeRegistry.JSON
                .xContent()
                .createParser(
                        context.getXContentRegistry(),
                        LoggingDeprecationHandler.INSTANCE,
                        BytesReference.bytes(json).streamInput())) {
            return parseInnerQueryBuilder(parser).boost(boost()).queryName(queryName());
        } catch (ParsingException e) {
            if (e.getMessage().contains("unknown query [knn]")) {
                throw new IllegalArgumentException(
                        "[" + NAME + "] query needs the k-NN plugin, which is not installed on"
                                + " this node: install it on every node by opensearch-plugin install",
                        e);
            }
            throw e;
        }
    }

    /** Never reached by a search: the coordinating node has put a {@code knn} query here. */
    @Override
    protected Query doToQuery(QueryShardContext context) {
        throw new UnsupportedOperationException("[" + NAME + "] query for field [" + field
                + "] was not rewritten on the coordinating node; it cannot stand where queries are not rewritten,"
                + " such as in the filter of an alias");
    }

    @Override
    protected boolean doEquals(HybridIrQueryBuilder other) {
        return field.equals(other.field)
                && queryText.equals(other.queryText)
                && Objects.equals(encoder, other.encoder)
                && Objects.equals(k, other.k)
                && Objects.equals(filter, other.filter)
                && Objects.equals(minScore, other.minScore)
                && Objects.equals(maxDistance, other.maxDistance)
                && Objects.equals(encoded, other.encoded);
    }

    @Override
    protected int doHashCode() {
        return Objects.hash(field, queryText, encoder, k, filter, minScore, maxDistance);
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    String encoder() {
        return encoder;
    }
}
