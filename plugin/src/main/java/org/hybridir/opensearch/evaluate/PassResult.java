package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hybridir.measure.Golds;
import org.hybridir.measure.Hit;
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

        /** The golds of each question, from all shards. */
        static Golds[] merge(List<Gathered> shards) {
            Golds[] merged = new Golds[shards.get(0).golds.length];
            for (int i = 0; i < merged.length; i++) {
                int question = i;
                merged[question] = Golds.of(shards.stream()
                        .flatMap(shard -> shard.golds[question].inOrder().stream())
                        .toList());
            }
            return merged;
        }
    }

    /**
     * Answers {@link Pass.Count}.
     *
     * @param counts [question][gold][language]
     * @param hits [question]: the shard's first passages of all languages, best first
     */
    record Counted(int[][][] counts, List<List<Hit>> hits) implements PassResult {
        @Override
        public void writeTo(StreamOutput out) throws IOException {
            out.writeByte((byte) 2);
            out.writeArray((o, question) -> o.writeArray(StreamOutput::writeVIntArray, question), counts);
            out.writeCollection(hits, (o, question) -> o.writeCollection(question, Counted::writeHit));
        }

        /** Counts of disjoint sets of passages add up. */
        static int[][][] sum(List<Counted> shards) {
            int[][][] sum = shards.get(0).counts;
            for (Counted shard : shards.subList(1, shards.size())) {
                for (int question = 0; question < sum.length; question++) {
                    for (int gold = 0; gold < sum[question].length; gold++) {
                        for (int language = 0; language < sum[question][gold].length; language++) {
                            sum[question][gold][language] += shard.counts[question][gold][language];
                        }
                    }
                }
            }
            return sum;
        }

        /** The first passages of each question, from those of all shards. */
        static List<List<Hit>> merge(List<Counted> shards, int hits) {
            return IntStream.range(0, shards.get(0).hits.size())
                    .mapToObj(question -> Hit.merge(
                            shards.stream()
                                    .map(shard -> shard.hits.get(question))
                                    .toList(),
                            hits))
                    .toList();
        }

        private static void writeHit(StreamOutput out, Hit hit) throws IOException {
            out.writeString(hit.id());
            out.writeVInt(hit.language());
            out.writeFloat(hit.score());
        }

        private static Counted read(StreamInput in) throws IOException {
            return new Counted(
                    in.readArray(i -> i.readArray(StreamInput::readVIntArray, int[][]::new), int[][][]::new),
                    in.readList(i -> i.readList(j -> new Hit(j.readString(), j.readVInt(), j.readFloat()))));
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
