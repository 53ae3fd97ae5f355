package org.hybridir.opensearch.encoder;

import org.opensearch.action.ActionType;

/** What the nodes' encoders have done. */
public final class StatsAction extends ActionType<StatsResponse> {
    /** The only one. */
    public static final StatsAction INSTANCE = new StatsAction();

    /** What a security plugin grants. */
    public static final String NAME = "cluster:admin/opensearch/hybrid_ir/stats";

    private StatsAction() {
        super(NAME, StatsResponse::new);
    }
}
