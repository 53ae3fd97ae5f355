package org.hybridir.opensearch.result;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchException;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.common.Nullable;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;

/**
 * One evaluation that is kept, as it is stored and as it is shown.
 *
 * @param id the document's id
 * @param request the body of {@code POST _hybrid_ir/_evaluate}, with the defaults that are the same for every index
 * @param started to the millisecond
 * @param ended null while it runs, and if nobody knows
 * @param node name of the node that runs it or ran it
 * @param process that node's ephemeral id: another one after each restart
 * @param task {@code node id:task id}, as {@code _tasks} takes it
 * @param error why it failed or was cancelled, as a REST response shows it, and {@code status}; else null
 * @param result of a completed one, with each question's own values; null for others, and in lists
 */
public record KeptEvaluation(
        String id,
        State state,
        Map<String, Object> request,
        Instant started,
        @Nullable Instant ended,
        String node,
        String process,
        String task,
        @Nullable Map<String, Object> error,
        @Nullable Map<String, Object> result)
        implements Writeable, ToXContentObject {
    /** What became of it. */
    public enum State {
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED;

        /** As it is stored and shown. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static State of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /** One that starts now. */
    public static KeptEvaluation running(
            String id, Map<String, Object> request, String node, String process, String task) {
        return new KeptEvaluation(id, State.RUNNING, request, now(), null, node, process, task, null, null);
    }

    KeptEvaluation(StreamInput in) throws IOException {
        this(
                in.readString(),
                in.readEnum(State.class),
                in.readMap(),
                in.readInstant(),
                in.readOptionalInstant(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readBoolean() ? in.readMap() : null,
                in.readBoolean() ? in.readMap() : null);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(id);
        out.writeEnum(state);
        out.writeMap(request);
        out.writeInstant(started);
        out.writeOptionalInstant(ended);
        out.writeString(node);
        out.writeString(process);
        out.writeString(task);
        writeOptionalMap(out, error);
        writeOptionalMap(out, result);
    }

    private static void writeOptionalMap(StreamOutput out, Map<String, Object> map) throws IOException {
        out.writeBoolean(map != null);
        if (map != null) {
            out.writeMap(map);
        }
    }

    /** This one, completed now. */
    KeptEvaluation completed(Map<String, Object> result) {
        return new KeptEvaluation(id, State.COMPLETED, request, started, now(), node, process, task, null, result);
    }

    /** This one, ended now by that exception: cancelled if it says so, else failed. */
    KeptEvaluation ended(Exception failure) {
        boolean cancelled = ExceptionsHelper.unwrapCause(failure) instanceof TaskCancelledException;
        State how = cancelled ? State.CANCELLED : State.FAILED;
        return new KeptEvaluation(id, how, request, started, now(), node, process, task, describe(failure), null);
    }

    /** This one, failed nobody knows when. */
    KeptEvaluation lost(Exception reason) {
        return new KeptEvaluation(
                id, State.FAILED, request, started, null, node, process, task, describe(reason), null);
    }

    /** This one, its result without each question's own values. */
    KeptEvaluation withoutQuestionValues() {
        return result == null
                ? this
                : new KeptEvaluation(
                        id,
                        state,
                        request,
                        started,
                        ended,
                        node,
                        process,
                        task,
                        error,
                        QuestionSection.withoutValues(result));
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    /**
     * The result of a completed one.
     *
     * @param use what it is needed for, such as "compared"
     * @throws OpenSearchStatusException if there is none
     */
    Map<String, Object> requireResult(String use) {
        if (result == null) {
            throw new OpenSearchStatusException(
                    "evaluation [" + id + "] is [" + state.key() + "], only a completed one can be " + use
                            + ": GET _hybrid_ir/_evaluate/" + id + " shows what became of it",
                    RestStatus.CONFLICT);
        }
        return result;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Map<String, Object> describe(Exception failure) {
        Throwable cause = ExceptionsHelper.unwrapCause(failure);
        try (XContentBuilder builder = XContentFactory.jsonBuilder().startObject()) {
            OpenSearchException.generateThrowableXContent(builder, ToXContent.EMPTY_PARAMS, cause);
            builder.field("status", ExceptionsHelper.status(cause).getStatus()).endObject();
            return XContentHelper.convertToMap(BytesReference.bytes(builder), true, XContentType.JSON)
                    .v2();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject();
        innerToXContent(builder);
        return builder.endObject();
    }

    /** The fields, without the object around them. */
    void innerToXContent(XContentBuilder builder) throws IOException {
        builder.field("id", id).field("state", state.key()).field("request", request);
        builder.field("started", started.toString());
        optional(builder, "ended", ended == null ? null : ended.toString());
        builder.field("node", node).field("process", process).field("task", task);
        optional(builder, "error", error);
        optional(builder, "result", result);
    }

    private static void optional(XContentBuilder builder, String name, Object value) throws IOException {
        if (value != null) {
            builder.field(name, value);
        }
    }

    /** Reads what {@link #toXContent} wrote as JSON, in the order in which it was written. */
    @SuppressWarnings("unchecked") // written by ourselves, under a strict mapping
    static KeptEvaluation of(BytesReference json) {
        Map<String, Object> source =
                XContentHelper.convertToMap(json, true, XContentType.JSON).v2();
        String ended = (String) source.get("ended");
        return new KeptEvaluation(
                (String) source.get("id"),
                State.of((String) source.get("state")),
                (Map<String, Object>) source.get("request"),
                Instant.parse((String) source.get("started")),
                ended == null ? null : Instant.parse(ended),
                (String) source.get("node"),
                (String) source.get("process"),
                (String) source.get("task"),
                (Map<String, Object>) source.get("error"),
                (Map<String, Object>) source.get("result"));
    }
}
