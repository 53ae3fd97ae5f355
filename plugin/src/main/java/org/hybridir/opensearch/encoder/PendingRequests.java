package org.hybridir.opensearch.encoder;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.common.SetOnce;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.concurrency.OpenSearchRejectedExecutionException;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.tasks.Task;
import org.opensearch.tasks.TaskManager;
import org.opensearch.threadpool.ThreadPool;

/**
 * The requests for vectors that have no answer yet. While there are any, it looks a few times a second for those whose task
 * was cancelled or whose time is over, and answers them itself, whereupon their texts leave the encoder's queue.
 */
final class PendingRequests {
    private static final TimeValue BETWEEN_LOOKS = TimeValue.timeValueMillis(200);

    private final ThreadPool threadPool;
    private final SetOnce<TaskManager> tasks = new SetOnce<>();
    private final Set<Pending> all = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watching = new AtomicBoolean();

    PendingRequests(ThreadPool threadPool) {
        this.threadPool = threadPool;
    }

    void setTaskManager(TaskManager manager) {
        tasks.set(manager);
    }

    /** How long a request may take. */
    record Deadline(TimeValue timeout, Setting<TimeValue> setting) {}

    private static final class Pending {
        private final CompletableFuture<?> answer;
        private final String what;
        private final Task task;
        private final Optional<Deadline> deadline;
        private final long began = System.nanoTime();

        private Pending(CompletableFuture<?> answer, String what, Task task, Optional<Deadline> deadline) {
            this.answer = answer;
            this.what = what;
            this.task = task;
            this.deadline = deadline;
        }

        private void endIfUnwanted(TaskManager tasks) {
            Optional<String> cancelled = CallingTask.cancelled(task, tasks);
            if (cancelled.isPresent()) {
                answer.completeExceptionally(new TaskCancelledException(
                        what + " are not encoded, the task was cancelled [" + cancelled.get() + "]"));
            } else {
                deadline.filter(this::isOver).ifPresent(over -> answer.completeExceptionally(late(over)));
            }
        }

        private boolean isOver(Deadline one) {
            return System.nanoTime() - began > one.timeout.nanos();
        }

        private OpenSearchStatusException late(Deadline over) {
            return new OpenSearchStatusException(
                    what + " were not encoded within [" + over.timeout
                            + "]: send them again when the node has less to do, or raise [" + over.setting.getKey()
                            + "]",
                    RestStatus.SERVICE_UNAVAILABLE,
                    new TimeoutException());
        }
    }

    /**
     * Watches a request until it is answered.
     *
     * @param what for people, in the plural
     * @param task for which it is, or null
     */
    void add(CompletableFuture<?> answer, String what, Task task, Optional<Deadline> deadline) {
        Pending pending = new Pending(answer, what, task, deadline);
        all.add(pending);
        answer.whenComplete((result, failure) -> all.remove(pending));
        watch();
    }

    /** In no caller's context: it is for all of them. */
    private void watch() {
        if (watching.compareAndSet(false, true)) {
            try (ThreadContext.StoredContext before =
                    threadPool.getThreadContext().stashContext()) {
                threadPool.schedule(this::look, BETWEEN_LOOKS, ThreadPool.Names.GENERIC);
            } catch (OpenSearchRejectedExecutionException e) {
                end();
            }
        }
    }

    private void look() {
        try {
            all.forEach(pending -> pending.endIfUnwanted(tasks.get()));
        } finally {
            watching.set(false);
            if (!all.isEmpty()) {
                watch();
            }
        }
    }

    int size() {
        return all.size();
    }

    /** Answers all: the node is stopping. */
    void end() {
        all.forEach(pending -> pending.answer.completeExceptionally(
                new OpenSearchRejectedExecutionException("the node is stopping", true)));
    }
}
