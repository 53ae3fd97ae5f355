package org.hybridir.opensearch.encoder;

import org.opensearch.action.ActionType;

/** Encodes texts on the node that gets the request. */
public final class EncodeAction extends ActionType<EncodeResponse> {
    /** The only one. */
    public static final EncodeAction INSTANCE = new EncodeAction();

    /** What a security plugin grants. */
    public static final String NAME = "cluster:admin/opensearch/hybrid_ir/encode";

    private EncodeAction() {
        super(NAME, EncodeResponse::new);
    }
}
