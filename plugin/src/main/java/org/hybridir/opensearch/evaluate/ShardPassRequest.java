package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.opensearch.action.support.broadcast.BroadcastShardRequest;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.index.shard.ShardId;
import org.opensearch.core.tasks.TaskId;

/** A {@link PassRequest}, as one shard gets it. */
final class ShardPassRequest extends BroadcastShardRequest {
    private final PassageFields fields;
    private final List<String> languages;
    private final long fingerprint;
    private final Pass pass;

    ShardPassRequest(ShardId shard, PassRequest request) {
        super(shard, request);
        fields = request.fields();
        languages = request.languages();
        fingerprint = request.pass() instanceof Pass.Survey ? 0 : request.fingerprints()[shard.id()];
        pass = request.pass();
    }

    ShardPassRequest(StreamInput in) throws IOException {
        super(in);
        fields = new PassageFields(in);
        languages = in.readStringList();
        fingerprint = in.readLong();
        pass = Pass.read(in);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        fields.writeTo(out);
        out.writeStringCollection(languages);
        out.writeLong(fingerprint);
        pass.writeTo(out);
    }

    PassageFields fields() {
        return fields;
    }

    List<String> languages() {
        return languages;
    }

    /** What the shard must show; without meaning in the survey. */
    long fingerprint() {
        return fingerprint;
    }

    Pass pass() {
        return pass;
    }

    @Override
    public EvaluateTask createTask(long id, String type, String action, TaskId parent, Map<String, String> headers) {
        return new EvaluateTask(id, type, action, "shard " + shardId(), parent, headers);
    }
}
