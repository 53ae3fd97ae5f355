package org.hybridir.opensearch.encoder;

import org.opensearch.action.ActionType;

/** Which encoders the nodes have. */
public final class EncodersAction extends ActionType<EncodersResponse> {
    /** The only one. */
    public static final EncodersAction INSTANCE = new EncodersAction();

    /** What a security plugin grants. */
    public static final String NAME = "cluster:admin/opensearch/hybrid_ir/encoders";

    private EncodersAction() {
        super(NAME, EncodersResponse::new);
    }
}
