package org.hybridir.opensearch.result;

import org.opensearch.action.ActionType;

/** One evaluation that is kept. */
public final class GetEvaluationAction extends ActionType<GetEvaluationResponse> {
    public static final GetEvaluationAction INSTANCE = new GetEvaluationAction();

    /** What a security plugin grants: reading the results of everybody, whoever may read the indices. */
    public static final String NAME = "cluster:admin/opensearch/hybrid_ir/evaluate/get";

    private GetEvaluationAction() {
        super(NAME, GetEvaluationResponse::new);
    }
}
