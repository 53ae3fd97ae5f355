package org.hybridir.opensearch.evaluate;

import org.opensearch.action.ActionType;

/** Evaluates an encoder over an index of passages and an index of questions. */
public final class EvaluateAction extends ActionType<EvaluateResponse> {
    public static final EvaluateAction INSTANCE = new EvaluateAction();
    public static final String NAME = "indices:data/read/opensearch/hybrid_ir/evaluate";

    private EvaluateAction() {
        super(NAME, EvaluateResponse::new);
    }
}
