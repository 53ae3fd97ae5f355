package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.hybridir.opensearch.result.EvaluationStore;
import org.hybridir.opensearch.result.KeptEvaluation;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.tasks.TaskManager;

/**
 * Runs evaluations that are kept: writes down that one runs, lets it run, writes down how it ended, and only then lets go
 * of its task. {@link org.hybridir.opensearch.result.LostEvaluations} relies on that order.
 */
final class KeptRuns {
    private final EvaluationStore store;
    private final TaskManager tasks;

    KeptRuns(EvaluationStore store, TaskManager tasks) {
        this.store = store;
        this.tasks = tasks;
    }

    /** An evaluation that was checked, and starts when it has its task. */
    interface Run {
        void start(EvaluateTask task, ActionListener<EvaluateResponse> listener);
    }

    /** As the request's own task; answers with the result. */
    void attached(EvaluateTask task, EvaluateRequest request, Run run, ActionListener<EvaluateResponse> listener) {
        store.start(
                id(task),
                asMap(request.spec()),
                ActionListener.wrap(running -> start(running, task, run, listener), listener::onFailure));
    }

    /** As a task of its own, which goes on when the request's was answered; answers with that task and the id. */
    void detached(EvaluateRequest request, Run run, ActionListener<EvaluateResponse> listener) {
        EvaluateTask task = (EvaluateTask) tasks.register("transport", EvaluateAction.NAME, request);
        // The end is written down, and nobody waits for it.
        ActionListener<EvaluateResponse> end =
                ActionListener.runAfter(ActionListener.noOp(), () -> tasks.unregister(task));
        try (ThreadContext.StoredContext ignored = tasks.taskExecutionStarted(task)) {
            store.start(
                    id(task),
                    asMap(request.spec()),
                    ActionListener.wrap(
                            running -> {
                                listener.onResponse(EvaluateResponse.started(id(task), running.id()));
                                start(running, task, run, end);
                            },
                            failure -> {
                                end.onFailure(failure);
                                listener.onFailure(failure);
                            }));
        }
    }

    private void start(KeptEvaluation running, EvaluateTask task, Run run, ActionListener<EvaluateResponse> listener) {
        ActionListener<EvaluateResponse> keeping = ActionListener.wrap(
                response -> store.complete(
                        running,
                        response.sections(),
                        ActionListener.map(listener, written -> response.keptAs(running.id()))),
                failure -> store.fail(running, failure, () -> listener.onFailure(failure)));
        try {
            run.start(task, keeping);
        } catch (Exception e) {
            keeping.onFailure(e);
        }
    }

    private TaskId id(EvaluateTask task) {
        return new TaskId(tasks.localNode().getId(), task.getId());
    }

    private static Map<String, Object> asMap(EvaluationSpec spec) {
        try (XContentBuilder builder = XContentFactory.jsonBuilder()) {
            spec.toXContent(builder, ToXContent.EMPTY_PARAMS);
            return XContentHelper.convertToMap(BytesReference.bytes(builder), true, XContentType.JSON)
                    .v2();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
