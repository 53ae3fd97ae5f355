package org.hybridir.opensearch.evaluate;

import java.util.Map;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.tasks.CancellableTask;
import org.opensearch.tasks.Task;

/**
 * An evaluation, one of its passes, or a shard's part in a pass: cancelling the first cancels the others. The first alone
 * has a progress to tell.
 */
final class EvaluateTask extends CancellableTask {
    private final EvaluationProgress progress = new EvaluationProgress();
    private Runnable whenCancelled = () -> {};

    EvaluateTask(long id, String type, String action, String description, TaskId parent, Map<String, String> headers) {
        super(id, type, action, description, parent, headers);
    }

    EvaluationProgress progress() {
        return progress;
    }

    @Override
    public Task.Status getStatus() {
        return progress.status();
    }

    @Override
    public boolean shouldCancelChildrenOnCancellation() {
        return true;
    }

    /** Has that done as soon as the task is cancelled, on whichever thread cancels it; at once if it already is. */
    void whenCancelled(Runnable action) {
        synchronized (this) {
            if (isCancelled() == false) {
                whenCancelled = action;
                return;
            }
        }
        action.run();
    }

    @Override
    protected void onCancelled() {
        Runnable action;
        synchronized (this) {
            action = whenCancelled;
        }
        action.run();
    }

    /** @throws TaskCancelledException if somebody cancelled the task, with the reason given */
    void ensureNotCancelled() {
        if (isCancelled()) {
            throw cancelled();
        }
    }

    /** What a cancelled evaluation ends with. */
    TaskCancelledException cancelled() {
        return new TaskCancelledException("the evaluation was cancelled [" + getReasonCancelled() + "]");
    }
}
