package org.hybridir.opensearch.evaluate;

import java.util.Map;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.tasks.CancellableTask;

/** An evaluation, one of its passes, or a shard's part in a pass: cancelling the first cancels the others. */
final class EvaluateTask extends CancellableTask {
    EvaluateTask(long id, String type, String action, String description, TaskId parent, Map<String, String> headers) {
        super(id, type, action, description, parent, headers);
    }

    @Override
    public boolean shouldCancelChildrenOnCancellation() {
        return true;
    }

    /** @throws TaskCancelledException if somebody cancelled the task, with the reason given */
    void ensureNotCancelled() {
        if (isCancelled()) {
            throw new TaskCancelledException("the evaluation was cancelled [" + getReasonCancelled() + "]");
        }
    }
}
