package org.hybridir.opensearch.encoder;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.hybridir.encoder.Encoding;
import org.opensearch.core.ParseField;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;

/** The encoded texts, in the order asked. */
public final class EncodeResponse extends ActionResponse implements ToXContentObject {
    private static final ParseField ENCODER = new ParseField("encoder");
    private static final ParseField ENCODINGS = new ParseField("encodings");
    private static final ParseField VECTOR = new ParseField("vector");
    private static final ParseField TOKENS = new ParseField("tokens");
    private static final ParseField TRUNCATED = new ParseField("truncated");

    private final String encoder;
    private final List<Encoding> encodings;

    public EncodeResponse(String encoder, List<Encoding> encodings) {
        this.encoder = encoder;
        this.encodings = List.copyOf(encodings);
    }

    public EncodeResponse(StreamInput in) throws IOException {
        super(in);
        encoder = in.readString();
        encodings =
                in.readList(stream -> new Encoding(stream.readFloatArray(), stream.readVInt(), stream.readBoolean()));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(encoder);
        out.writeCollection(encodings, (stream, encoding) -> {
            stream.writeFloatArray(encoding.vector());
            stream.writeVInt(encoding.tokens());
            stream.writeBoolean(encoding.truncated());
        });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject().field(ENCODER.getPreferredName(), encoder).startArray(ENCODINGS.getPreferredName());
        for (Encoding encoding : encodings) {
            builder.startObject()
                    .array(VECTOR.getPreferredName(), encoding.vector())
                    .field(TOKENS.getPreferredName(), encoding.tokens())
                    .field(TRUNCATED.getPreferredName(), encoding.truncated())
                    .endObject();
        }
        return builder.endArray().endObject();
    }

    public String encoder() {
        return encoder;
    }

    public List<Encoding> encodings() {
        return encodings;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodeResponse that
                && encoder.equals(that.encoder)
                && encodings.size() == that.encodings.size()
                && equalEncodings(that);
    }

    /** Records compare arrays by identity. */
    private boolean equalEncodings(EncodeResponse that) {
        for (int i = 0; i < encodings.size(); i++) {
            Encoding mine = encodings.get(i);
            Encoding other = that.encodings.get(i);
            if (mine.tokens() != other.tokens()
                    || mine.truncated() != other.truncated()
                    || !Arrays.equals(mine.vector(), other.vector())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = encoder.hashCode();
        for (Encoding encoding : encodings) {
            hash = 31 * hash
                    + Objects.hash(Arrays.hashCode(encoding.vector()), encoding.tokens(), encoding.truncated());
        }
        return hash;
    }
}
