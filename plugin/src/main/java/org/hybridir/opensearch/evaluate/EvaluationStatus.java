package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.util.Locale;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.tasks.Task;

/**
 * How far an evaluation is, as {@code _tasks} shows it.
 *
 * @param phase what it does now
 * @param total questions to ask, {@link #UNKNOWN} before the first was read; those that turn out to be left out, because
 *     they are incomplete or in another language, are taken off as they are found
 * @param encoded questions that have their vectors
 * @param ranked questions that are ranked in all pools
 * @param blocks blocks of questions that are done
 * @param elapsedMillis since the start
 */
public record EvaluationStatus(Phase phase, long total, long encoded, long ranked, int blocks, long elapsedMillis)
        implements Task.Status {
    public static final String NAME = "hybrid_ir_evaluate";

    /** A total that is not known yet; not shown. */
    static final long UNKNOWN = -1;

    /** What an evaluation does; after the survey, one after another for each block of questions. */
    enum Phase {
        SURVEY,
        QUESTIONS,
        ENCODING,
        RANKING,
        SEARCHING
    }

    public EvaluationStatus(StreamInput in) throws IOException {
        this(in.readEnum(Phase.class), in.readZLong(), in.readVLong(), in.readVLong(), in.readVInt(), in.readVLong());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeEnum(phase);
        out.writeZLong(total);
        out.writeVLong(encoded);
        out.writeVLong(ranked);
        out.writeVInt(blocks);
        out.writeVLong(elapsedMillis);
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject().field("phase", phase.name().toLowerCase(Locale.ROOT));
        if (total != UNKNOWN) {
            builder.field("questions_total", total);
        }
        return builder.field("questions_encoded", encoded)
                .field("questions_ranked", ranked)
                .field("blocks", blocks)
                .field("elapsed_ms", elapsedMillis)
                .endObject();
    }
}
