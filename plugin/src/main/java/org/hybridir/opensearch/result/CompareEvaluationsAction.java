package org.hybridir.opensearch.result;

import org.opensearch.action.ActionType;

/** Compares evaluations that are kept. */
public final class CompareEvaluationsAction extends ActionType<CompareEvaluationsResponse> {
    public static final CompareEvaluationsAction INSTANCE = new CompareEvaluationsAction();

    /** What a security plugin grants, beside {@link GetEvaluationAction#NAME}, by which the results are read. */
    public static final String NAME = "cluster:admin/opensearch/hybrid_ir/evaluate/compare";

    private CompareEvaluationsAction() {
        super(NAME, CompareEvaluationsResponse::new);
    }
}
