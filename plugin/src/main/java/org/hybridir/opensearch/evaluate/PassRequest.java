package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.opensearch.action.support.IndicesOptions;
import org.opensearch.action.support.broadcast.BroadcastRequest;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.tasks.TaskId;

/** Asks for one pass over all shards. */
public final class PassRequest extends BroadcastRequest<PassRequest> {
    private final String preference;
    private final PassageFields fields;
    private final List<String> languages;
    private final long[] fingerprints;
    private final Pass pass;

    /**
     * @param index the concrete index of passages
     * @param preference the same for all passes of an evaluation, so that they go to the same copies
     * @param languages those evaluated, by ordinal; empty in the survey
     * @param fingerprints what the survey found, by shard; empty in the survey
     */
    PassRequest(
            String index,
            String preference,
            PassageFields fields,
            List<String> languages,
            long[] fingerprints,
            Pass pass) {
        super(new String[] {index}, IndicesOptions.strictSingleIndexNoExpandForbidClosed());
        this.preference = preference;
        this.fields = fields;
        this.languages = languages;
        this.fingerprints = fingerprints;
        this.pass = pass;
    }

    PassRequest(StreamInput in) throws IOException {
        super(in);
        preference = in.readString();
        fields = new PassageFields(in);
        languages = in.readStringList();
        fingerprints = in.readLongArray();
        pass = Pass.read(in);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(preference);
        fields.writeTo(out);
        out.writeStringCollection(languages);
        out.writeLongArray(fingerprints);
        pass.writeTo(out);
    }

    String preference() {
        return preference;
    }

    PassageFields fields() {
        return fields;
    }

    List<String> languages() {
        return languages;
    }

    long[] fingerprints() {
        return fingerprints;
    }

    Pass pass() {
        return pass;
    }

    @Override
    public EvaluateTask createTask(long id, String type, String action, TaskId parent, Map<String, String> headers) {
        return new EvaluateTask(id, type, action, getDescription(), parent, headers);
    }

    @Override
    public String getDescription() {
        return pass.getClass().getSimpleName() + " [" + String.join(",", indices()) + "]";
    }
}
