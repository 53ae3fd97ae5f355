package org.hybridir.opensearch.encoder;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.hybridir.encoder.TextRole;
import org.opensearch.ExceptionsHelper;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.tasks.TaskCancelledException;

/** What this node was asked to encode, since it started; requests that failed are counted by the reason. */
final class RequestCounters {
    private final LongAdder queryRequests = new LongAdder();
    private final LongAdder passageRequests = new LongAdder();
    private final LongAdder queries = new LongAdder();
    private final LongAdder passages = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder failed = new LongAdder();

    void answered(TextRole role, int texts) {
        (role == TextRole.QUERY ? queryRequests : passageRequests).increment();
        (role == TextRole.QUERY ? queries : passages).add(texts);
    }

    void failed(Exception e) {
        if (ExceptionsHelper.status(e) == RestStatus.TOO_MANY_REQUESTS) {
            rejected.increment();
        } else if (e.getCause() instanceof TimeoutException) {
            timedOut.increment();
        } else if (e instanceof TaskCancelledException) {
            cancelled.increment();
        } else {
            failed.increment();
        }
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("query_requests", queryRequests.sum());
        map.put("queries", queries.sum());
        map.put("passage_requests", passageRequests.sum());
        map.put("passages", passages.sum());
        map.put("rejected_requests", rejected.sum());
        map.put("timed_out_requests", timedOut.sum());
        map.put("cancelled_requests", cancelled.sum());
        map.put("failed_requests", failed.sum());
        return map;
    }
}
