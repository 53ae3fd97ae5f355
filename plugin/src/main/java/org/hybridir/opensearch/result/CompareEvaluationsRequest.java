package org.hybridir.opensearch.result;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.tasks.CancellableTask;

/** Asks for a comparison of evaluations that are kept, each with each one behind it. */
public final class CompareEvaluationsRequest extends ActionRequest {
    static final int MIN_IDS = 2;
    /** Makes 45 pairs; all results are held in memory at once. */
    static final int MAX_IDS = 10;

    private final List<String> ids;
    private final List<String> names;
    private final List<String> measures;

    /**
     * @param names what tables call the results, one for each id; empty: the ids
     * @param measures to compare; empty: all that both of a pair have
     * @throws IllegalArgumentException if there are too few or too many ids, or not as many names
     */
    CompareEvaluationsRequest(List<String> ids, List<String> names, List<String> measures) {
        if (ids.size() < MIN_IDS || ids.size() > MAX_IDS) {
            throw new IllegalArgumentException("[ids] names [" + ids.size() + "] evaluations, allowed are " + MIN_IDS
                    + " to " + MAX_IDS + ": GET _hybrid_ir/_evaluate lists those that are kept");
        }
        if (names.isEmpty() == false && names.size() != ids.size()) {
            throw new IllegalArgumentException("[names] has [" + names.size() + "] names for [" + ids.size()
                    + "] ids: give one for each, or leave out [names]");
        }
        this.ids = List.copyOf(ids);
        this.names = names.isEmpty() ? this.ids : List.copyOf(names);
        this.measures = List.copyOf(measures);
    }

    CompareEvaluationsRequest(StreamInput in) throws IOException {
        super(in);
        ids = in.readStringList();
        names = in.readStringList();
        measures = in.readStringList();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeStringCollection(ids);
        out.writeStringCollection(names);
        out.writeStringCollection(measures);
    }

    List<String> ids() {
        return ids;
    }

    /** One for each id. */
    List<String> names() {
        return names;
    }

    List<String> measures() {
        return measures;
    }

    /** Nothing is left to check: the constructor did. */
    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    @Override
    public CancellableTask createTask(long id, String type, String action, TaskId parent, Map<String, String> headers) {
        return new CancellableTask(id, type, action, getDescription(), parent, headers) {
            @Override
            public boolean shouldCancelChildrenOnCancellation() {
                return true;
            }
        };
    }

    @Override
    public String getDescription() {
        return "evaluations " + ids;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompareEvaluationsRequest request
                && ids.equals(request.ids)
                && names.equals(request.names)
                && measures.equals(request.measures);
    }

    @Override
    public int hashCode() {
        return Objects.hash(ids, names, measures);
    }
}
