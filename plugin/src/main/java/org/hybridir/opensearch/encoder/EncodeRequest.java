package org.hybridir.opensearch.encoder;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hybridir.encoder.TextRole;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.ParseField;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.core.xcontent.ConstructingObjectParser;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.tasks.CancellableTask;
import org.opensearch.tasks.Task;

/** Texts to encode. */
public final class EncodeRequest extends ActionRequest implements ToXContentObject {
    private static final ParseField ENCODER = new ParseField("encoder");
    private static final ParseField TEXTS = new ParseField("texts");
    private static final ParseField ROLE = new ParseField("role");

    @SuppressWarnings("unchecked")
    private static final ConstructingObjectParser<EncodeRequest, Void> PARSER = new ConstructingObjectParser<>(
            "hybrid_ir_encode",
            false,
            fields -> new EncodeRequest((String) fields[0], (List<String>) fields[1], TextRole.of((String) fields[2])));

    static {
        PARSER.declareString(ConstructingObjectParser.constructorArg(), ENCODER);
        PARSER.declareStringArray(ConstructingObjectParser.constructorArg(), TEXTS);
        PARSER.declareString(ConstructingObjectParser.constructorArg(), ROLE);
    }

    private final String encoder;
    private final List<String> texts;
    private final TextRole role;

    public EncodeRequest(String encoder, List<String> texts, TextRole role) {
        this.encoder = Objects.requireNonNull(encoder, "encoder");
        this.texts = List.copyOf(texts);
        this.role = Objects.requireNonNull(role, "role");
    }

    public EncodeRequest(StreamInput in) throws IOException {
        super(in);
        encoder = in.readString();
        texts = in.readStringList();
        role = in.readEnum(TextRole.class);
    }

    /** Reads {@code {"encoder": ..., "texts": [...], "role": "query" or "passage"}}; all three are required. */
    public static EncodeRequest fromXContent(XContentParser parser) {
        return PARSER.apply(parser, null);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(encoder);
        out.writeStringCollection(texts);
        out.writeEnum(role);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.startObject()
                .field(ENCODER.getPreferredName(), encoder)
                .field(TEXTS.getPreferredName(), texts)
                .field(ROLE.getPreferredName(), role.key())
                .endObject();
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    /** Can be cancelled, which closing the HTTP connection does too. */
    @Override
    public Task createTask(long id, String type, String action, TaskId parent, Map<String, String> headers) {
        return new CancellableTask(id, type, action, getDescription(), parent, headers) {
            @Override
            public boolean shouldCancelChildrenOnCancellation() {
                return true;
            }
        };
    }

    @Override
    public String getDescription() {
        return "[" + texts.size() + "] texts as [" + role.key() + "] by encoder [" + encoder + "]";
    }

    public String encoder() {
        return encoder;
    }

    public List<String> texts() {
        return texts;
    }

    public TextRole role() {
        return role;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodeRequest that
                && encoder.equals(that.encoder)
                && texts.equals(that.texts)
                && role == that.role;
    }

    @Override
    public int hashCode() {
        return Objects.hash(encoder, texts, role);
    }
}
