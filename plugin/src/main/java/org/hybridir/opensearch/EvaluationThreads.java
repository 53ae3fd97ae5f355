package org.hybridir.opensearch;

import org.opensearch.common.settings.Settings;
import org.opensearch.common.util.concurrent.OpenSearchExecutors;
import org.opensearch.threadpool.ExecutorBuilder;
import org.opensearch.threadpool.FixedExecutorBuilder;

/**
 * Threads for what keeps a processor busy for seconds: the passes of evaluations over shards, and comparisons of results. No
 * more of them than processors, so that searches and the transport go on beside them; what does not fit into the queue is
 * rejected.
 */
public final class EvaluationThreads {
    /** Of the thread pool. */
    public static final String NAME = "hybrid_ir_evaluate";

    private static final int QUEUE = 1000;

    private EvaluationThreads() {}

    public static ExecutorBuilder<?> builder(Settings settings) {
        int size = OpenSearchExecutors.allocatedProcessors(settings);
        return new FixedExecutorBuilder(settings, NAME, size, QUEUE, "thread_pool." + NAME);
    }
}
