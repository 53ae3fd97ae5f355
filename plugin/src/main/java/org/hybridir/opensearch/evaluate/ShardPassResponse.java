package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import org.opensearch.action.support.broadcast.BroadcastShardResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.index.shard.ShardId;

/** One shard's result of a pass. */
final class ShardPassResponse extends BroadcastShardResponse {
    private final PassResult result;

    ShardPassResponse(ShardId shard, PassResult result) {
        super(shard);
        this.result = result;
    }

    ShardPassResponse(StreamInput in) throws IOException {
        super(in);
        result = PassResult.read(in);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        result.writeTo(out);
    }

    PassResult result() {
        return result;
    }
}
