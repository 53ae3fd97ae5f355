package org.hybridir.opensearch.encoder;

import java.util.List;
import java.util.Optional;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.support.ActionFilter;
import org.opensearch.action.support.ActionFilterChain;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.tasks.CancellableTask;
import org.opensearch.tasks.Task;
import org.opensearch.tasks.TaskManager;

/**
 * Remembers in the thread's context which task it works for. A query that is rewritten and a processor of a pipeline are not
 * told whose they are, so this stands around every action; their texts are withdrawn when that task, or one above it, is
 * cancelled.
 */
public final class CallingTask implements ActionFilter {
    private static final String KEY = "_hybrid_ir_calling_task";

    private final ThreadContext context;

    public CallingTask(ThreadContext context) {
        this.context = context;
    }

    /** Last of all filters: some of the others begin a new context. */
    @Override
    public int order() {
        return Integer.MAX_VALUE;
    }

    @Override
    public <Request extends ActionRequest, Response extends ActionResponse> void apply(
            Task task,
            String action,
            Request request,
            ActionListener<Response> listener,
            ActionFilterChain<Request, Response> chain) {
        try (ThreadContext.StoredContext before = context.newStoredContext(true, List.of(KEY))) {
            if (task != null) {
                context.putTransient(KEY, task);
            }
            chain.proceed(task, action, request, listener);
        }
    }

    /** The task that the thread works for, or null. */
    static Task of(ThreadContext context) {
        return context.getTransient(KEY);
    }

    /**
     * The reason for which a task was cancelled, or one of those above it. A bulk request cannot be cancelled itself, but the
     * {@code _reindex} above it can; where that one runs on another node, this one knows it by the ban on its children.
     */
    static Optional<String> cancelled(Task task, TaskManager tasks) {
        if (task == null) {
            return Optional.empty();
        }
        if (task instanceof CancellableTask cancellable && cancellable.isCancelled()) {
            return Optional.of(String.valueOf(cancellable.getReasonCancelled()));
        }
        TaskId parent = task.getParentTaskId();
        if (!parent.isSet()) {
            return Optional.empty();
        }
        if (tasks.getBannedTaskIds().contains(parent)) {
            return Optional.of("the task [" + parent + "] above it was cancelled");
        }
        boolean here = parent.getNodeId().equals(tasks.localNode().getId());
        return here ? cancelled(tasks.getTask(parent.getId()), tasks) : Optional.empty();
    }
}
