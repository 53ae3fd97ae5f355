package org.hybridir.opensearch.encoder;

import java.io.IOException;
import org.opensearch.action.support.nodes.BaseNodesRequest;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.transport.TransportRequest;

/** Asks all nodes for their encoders, or for the one of a name. */
public final class EncodersRequest extends BaseNodesRequest<EncodersRequest> {
    private final String name;
    private final boolean open;

    /**
     * @param name the encoder's name, or null for all
     * @param open whether an encoder that is not open is opened, or tried again if it failed before; needs a name
     */
    public EncodersRequest(String name, boolean open) {
        super(new String[0]);
        if (open && name == null) {
            throw new IllegalArgumentException("[open] needs the name of an encoder: GET _hybrid_ir/encoders/{name}");
        }
        this.name = name;
        this.open = open;
    }

    public EncodersRequest(StreamInput in) throws IOException {
        super(in);
        name = in.readOptionalString();
        open = in.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeOptionalString(name);
        out.writeBoolean(open);
    }

    /** The encoder's name, or null for all. */
    public String name() {
        return name;
    }

    public boolean open() {
        return open;
    }

    /** The same question, to one node. */
    public static final class OfNode extends TransportRequest {
        private final String name;
        private final boolean open;

        OfNode(EncodersRequest request) {
            name = request.name;
            open = request.open;
        }

        public OfNode(StreamInput in) throws IOException {
            super(in);
            name = in.readOptionalString();
            open = in.readBoolean();
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            out.writeOptionalString(name);
            out.writeBoolean(open);
        }

        String name() {
            return name;
        }

        boolean open() {
            return open;
        }
    }
}
