package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hybridir.measure.Gold;
import org.hybridir.measure.Golds;
import org.opensearch.common.Nullable;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;

/** What every shard of the index of passages is asked in one pass; {@link PassResult} has the answers. */
sealed interface Pass extends Writeable {
    /** What is there: passages by language, what is left out, and the fingerprint that later passes must find again. */
    record Survey() implements Pass {
        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeByte((byte) 0);
        }
    }

    /**
     * The golds of a block of questions, with their scores.
     *
     * @param questionIds looked up in the passages' {@link PassageFields#QUESTION_IDS}
     * @param judged instead of that, ids of the relevant passages of each question with their grades, each at least 1; null
     *     if there are no judgements apart
     * @param vectors [question][dimension], of length one
     */
    record Gather(List<String> questionIds, @Nullable List<Map<String, Integer>> judged, float[][] vectors)
            implements Pass {
        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeByte((byte) 1);
            out.writeStringCollection(questionIds);
            out.writeBoolean(judged != null);
            if (judged != null) {
                out.writeCollection(
                        judged, (o, grades) -> o.writeMap(grades, StreamOutput::writeString, StreamOutput::writeVInt));
            }
            out.writeArray(StreamOutput::writeFloatArray, vectors);
        }

        private static Gather read(StreamInput in) throws IOException {
            return new Gather(
                    in.readStringList(),
                    in.readBoolean()
                            ? in.readList(i -> i.readMap(StreamInput::readString, StreamInput::readVInt))
                            : null,
                    in.readArray(StreamInput::readFloatArray, float[][]::new));
        }
    }

    /**
     * How many passages of each language stand before each gold of the same block, and which stand first.
     *
     * @param golds of all shards, in ranking order
     * @param hits how many of the first passages are asked for
     * @param vectors [question][dimension], of length one
     */
    record Count(Golds[] golds, int hits, float[][] vectors) implements Pass {
        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeByte((byte) 2);
            out.writeArray(Pass::writeGolds, golds);
            out.writeVInt(hits);
            out.writeArray(StreamOutput::writeFloatArray, vectors);
        }

        private static Count read(StreamInput in) throws IOException {
            return new Count(
                    in.readArray(Pass::readGolds, Golds[]::new),
                    in.readVInt(),
                    in.readArray(StreamInput::readFloatArray, float[][]::new));
        }
    }

    static Pass read(StreamInput in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 0 -> new Survey();
            case 1 -> Gather.read(in);
            case 2 -> Count.read(in);
            default -> throw new IOException("unknown pass [" + kind + "], known ones 0 to 2");
        };
    }

    static void writeGolds(StreamOutput out, Golds golds) throws IOException {
        out.writeCollection(golds.inOrder(), Pass::writeGold);
    }

    private static void writeGold(StreamOutput out, Gold gold) throws IOException {
        out.writeString(gold.id());
        out.writeVInt(gold.language());
        out.writeVInt(gold.grade());
        out.writeFloat(gold.score());
    }

    static Golds readGolds(StreamInput in) throws IOException {
        return new Golds(in.readList(i -> new Gold(i.readString(), i.readVInt(), i.readVInt(), i.readFloat())));
    }
}
