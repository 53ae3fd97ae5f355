package org.hybridir.opensearch.evaluate;

import org.opensearch.action.ActionType;

/** One {@link Pass} over one active copy of every shard of the index of passages; part of {@link EvaluateAction}. */
public final class PassAction extends ActionType<PassResponse> {
    public static final PassAction INSTANCE = new PassAction();
    public static final String NAME = EvaluateAction.NAME + "/pass";

    private PassAction() {
        super(NAME, PassResponse::new);
    }
}
