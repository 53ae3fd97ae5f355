package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.util.Map;
import org.hybridir.measure.Golds;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;

/** One shard's answer to a {@link Pass}. */
sealed interface PassResult extends Writeable {
    /**
     * Answers {@link Pass.Survey}.
     *
     * @param fingerprint the same as long as the shard, or a copy of it, shows the same documents
     * @param passages by language, of those that have a vector
     * @param withoutVector documents that have a language and no vector
     * @param withoutLanguage documents that have no language
     */
    record Surveyed(long fingerprint, Map<String, Long> passages, long withoutVector, long withoutLanguage)
            implements PassResult {
        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeByte((byte) 0);
            out.writeLong(fingerprint);
            out.writeMap(passages, StreamOutput::writeString, StreamOutput::writeVLong);
            out.writeVLong(withoutVector);
            out.writeVLong(withoutLanguage);
        }

        private static Surveyed read(StreamInput in) throws IOException {
            return new Surveyed(
                    in.readLong(),
                    in.readMap(StreamInput::readString, StreamInput::readVLong),
                    in.readVLong(),
                    in.readVLong());
        }
    }

    /**
     * Answers {@link Pass.Gather}.
     *
     * @param golds of each question, those of this shard
     */
    record Gathered(Golds[] golds) implements PassResult {
        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeByte((byte) 1);
            out.writeArray(Pass::writeGolds, golds);
        }
    }

    /**
     * Answers {@link Pass.Count}.
     *
     * @param counts [question][gold][language]
     */
    record Counted(int[][][] counts) implements PassResult {
        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeByte((byte) 2);
            out.writeArray((o, question) -> o.writeArray(StreamOutput::writeVIntArray, question), counts);
        }

        private static Counted read(StreamInput in) throws IOException {
            return new Counted(
                    in.readArray(i -> i.readArray(StreamInput::readVIntArray, int[][]::new), int[][][]::new));
        }
    }

    static PassResult read(StreamInput in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 0 -> Surveyed.read(in);
            case 1 -> new Gathered(in.readArray(Pass::readGolds, Golds[]::new));
            case 2 -> Counted.read(in);
            default -> throw new IOException("unknown result of a pass [" + kind + "], known ones 0 to 2");
        };
    }
}
