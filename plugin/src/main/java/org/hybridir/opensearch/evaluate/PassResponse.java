package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.util.List;
import org.opensearch.action.support.broadcast.BroadcastResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

/** The results of all shards; there is no response with some shards missing. */
public final class PassResponse extends BroadcastResponse {
    private final List<PassResult> results;

    /** @param results one for each shard, by shard */
    PassResponse(List<PassResult> results) {
        super(results.size(), results.size(), 0, List.of());
        this.results = results;
    }

    PassResponse(StreamInput in) throws IOException {
        super(in);
        results = in.readList(PassResult::read);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeCollection(results);
    }

    /** The results, by shard, of the kind that answers the pass. */
    <R extends PassResult> List<R> results(Class<R> kind) {
        return results.stream().map(kind::cast).toList();
    }
}
