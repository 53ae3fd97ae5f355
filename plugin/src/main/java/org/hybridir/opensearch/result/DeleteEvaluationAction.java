package org.hybridir.opensearch.result;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.clustermanager.AcknowledgedResponse;

/** Deletes an evaluation that is kept. */
public final class DeleteEvaluationAction extends ActionType<AcknowledgedResponse> {
    public static final DeleteEvaluationAction INSTANCE = new DeleteEvaluationAction();

    /** What a security plugin grants: deleting any result. */
    public static final String NAME = "cluster:admin/opensearch/hybrid_ir/evaluate/delete";

    private DeleteEvaluationAction() {
        super(NAME, AcknowledgedResponse::new);
    }
}
