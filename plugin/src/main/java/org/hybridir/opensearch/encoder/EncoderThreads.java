package org.hybridir.opensearch.encoder;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.hybridir.encoder.TextRole;
import org.opensearch.action.support.ContextPreservingActionListener;
import org.opensearch.common.CheckedRunnable;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.util.concurrent.AbstractRunnable;
import org.opensearch.common.util.concurrent.OpenSearchExecutors;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.concurrency.OpenSearchRejectedExecutionException;
import org.opensearch.threadpool.ExecutorBuilder;
import org.opensearch.threadpool.ScalingExecutorBuilder;
import org.opensearch.threadpool.ThreadPool;

/**
 * The node's threads beside the encoders' own. They find an encoder, tokenise, and tell listeners, and never wait for a
 * forward pass. Queries have theirs, so that a search does not stand behind a bulk request that is being tokenised. Their
 * queues have no bound: what waits in them is in memory already, as a part of requests that OpenSearch let in; the bound is
 * that of the encoders' queues.
 */
final class EncoderThreads {
    static final String QUERY = "hybrid_ir_query";
    static final String PASSAGE = "hybrid_ir_passage";
    static final String OPEN = "hybrid_ir_open";

    private static final TimeValue KEEP_ALIVE = TimeValue.timeValueMinutes(1);

    private final ThreadPool threadPool;

    EncoderThreads(ThreadPool threadPool) {
        this.threadPool = threadPool;
    }

    static List<ExecutorBuilder<?>> builders(Settings settings) {
        int most = OpenSearchExecutors.allocatedProcessors(settings);
        return List.of(
                new ScalingExecutorBuilder(QUERY, 1, Math.max(2, most), KEEP_ALIVE, "thread_pool." + QUERY),
                new ScalingExecutorBuilder(PASSAGE, 1, Math.max(2, most), KEEP_ALIVE, "thread_pool." + PASSAGE),
                // not 0 to 1: there, what comes as the last thread ends may wait until something else comes
                new ScalingExecutorBuilder(OPEN, 1, 1, KEEP_ALIVE, "thread_pool." + OPEN));
    }

    /** Runs the work for texts of that role; what it throws, or that the node is stopping, goes to {@code failed}. */
    void run(TextRole role, CheckedRunnable<Exception> work, Consumer<Exception> failed) {
        threadPool.executor(role == TextRole.QUERY ? QUERY : PASSAGE).execute(new AbstractRunnable() {
            @Override
            protected void doRun() throws Exception {
                work.run();
            }

            @Override
            public void onFailure(Exception e) {
                failed.accept(e);
            }

            @Override
            public void onRejection(Exception e) {
                failed.accept(new OpenSearchRejectedExecutionException("the node is stopping", true));
            }
        });
    }

    /** Opens and closes encoders, one after the other. */
    void open(Runnable work) {
        threadPool.executor(OPEN).execute(work);
    }

    /** Tells the listener the answer, in the context of who calls this, never on the thread that completes the answer. */
    <T> void tell(TextRole role, CompletableFuture<T> answer, ActionListener<T> listener) {
        ActionListener<T> told =
                ContextPreservingActionListener.wrapPreservingContext(listener, threadPool.getThreadContext());
        answer.whenComplete((result, failure) -> run(
                role,
                () -> {
                    if (failure == null) {
                        told.onResponse(result);
                    } else {
                        told.onFailure(NativeErrors.exception(failure));
                    }
                },
                told::onFailure));
    }
}
