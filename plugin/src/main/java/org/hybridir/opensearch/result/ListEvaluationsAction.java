package org.hybridir.opensearch.result;

import org.opensearch.action.ActionType;

/** The evaluations that are kept, without their results. */
public final class ListEvaluationsAction extends ActionType<ListEvaluationsResponse> {
    public static final ListEvaluationsAction INSTANCE = new ListEvaluationsAction();

    /** What a security plugin grants: seeing what everybody evaluated. */
    public static final String NAME = "cluster:admin/opensearch/hybrid_ir/evaluate/list";

    private ListEvaluationsAction() {
        super(NAME, ListEvaluationsResponse::new);
    }
}
