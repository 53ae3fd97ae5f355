package org.hybridir.trainer.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.hybridir.encoder.ArtifactFolder;

/** All of what a run trains on. Immutable, thread-safe. */
public final class TrainingData {
    private final List<DataSet> sets;
    private final int size;
    private Parallels parallels;

    private TrainingData(List<DataSet> sets) {
        this.sets = sets;
        this.size = sets.stream().mapToInt(set -> set.pairs().size()).sum();
    }

    /**
     * Puts data sets together.
     *
     * @throws IllegalArgumentException if there is none, or two have the same name
     */
    public static TrainingData of(List<DataSet> sets) {
        if (sets.isEmpty()) {
            throw new IllegalArgumentException("training needs at least one data set");
        }
        Set<String> names = new HashSet<>();
        for (DataSet set : sets) {
            if (!names.add(set.name())) {
                throw new IllegalArgumentException(
                        "two data sets are named [" + set.name() + "]; give one of them another name with name=NAME");
            }
        }
        return new TrainingData(List.copyOf(sets));
    }

    public List<DataSet> sets() {
        return sets;
    }

    /** How many pairs. */
    public int size() {
        return size;
    }

    /** The languages of queries and passages, in alphabetical order. */
    public Set<String> languages() {
        Set<String> languages = new TreeSet<>();
        sets.forEach(set -> set.pairs().forEach(pair -> {
            languages.add(pair.queryLanguage());
            languages.add(pair.passageLanguage());
        }));
        return Collections.unmodifiableSet(languages);
    }

    /** Which pairs must not be each other's negatives; worked out at the first call. */
    public synchronized Parallels parallels() {
        if (parallels == null) {
            parallels = Parallels.of(sets);
        }
        return parallels;
    }

    /** SHA-256 in hex over all pairs, in order, and the weights of the data sets. */
    public String fingerprint() {
        MessageDigest digest = ArtifactFolder.sha256();
        for (DataSet set : sets) {
            add(digest, set.weight().toString());
            for (Pair pair : set.pairs()) {
                add(digest, pair.query());
                add(digest, pair.passage());
                add(digest, pair.queryLanguage());
                add(digest, pair.passageLanguage());
                add(digest, pair.group());
                add(digest, pair.source());
                pair.negatives().forEach(negative -> add(digest, negative));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The length comes first, so that no two lists of texts give the same bytes. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(0, bytes.length));
        digest.update(bytes);
    }

    /**
     * A pair that validates.
     *
     * @param cluster the number of the parallel pairs that it belongs to; no two of one are negatives of each other
     */
    public record HeldOut(Pair pair, int cluster) {}

    /**
     * What remains for training, and what was taken out.
     *
     * @param training no pair of it shares a group or a passage, or has a passage parallel to one, with a validation pair, and
     *     none has a hard negative that is a passage of those
     * @param validation exactly as many pairs as asked for
     */
    public record Split(TrainingData training, List<HeldOut> validation) {
        public Split {
            validation = List.copyOf(validation);
        }
    }

    /**
     * Takes out held-out pairs for validation, by the seed: of each data set in proportion to its weight, so that they are like
     * what is trained on. A cluster of parallel pairs leaves training whole. It gives one pair, or if a tenth of a data set's
     * clusters are not enough, at most a fiftieth of the validation pairs (but four if need be); the rest of it is used
     * nowhere. Clusters with more than a tenth of all pairs stay in training.
     *
     * @param validationPairs how many; 0 leaves all in training
     * @throws IllegalArgumentException if fewer could be taken out, or nothing would be left to train on
     */
    public Split split(int validationPairs, long seed) {
        if (validationPairs < 0) {
            throw new IllegalArgumentException(
                    "the number of validation pairs must not be negative, but is [" + validationPairs + "]");
        }
        if (validationPairs == 0) {
            return new Split(this, List.of());
        }
        HoldOut heldOut = new HoldOut(this, validationPairs, seed);
        List<DataSet> training = without(heldOut.clusters());
        if (heldOut.pairs().size() < validationPairs || training.isEmpty()) {
            throw new IllegalArgumentException("cannot hold out [" + validationPairs + "] of [" + size
                    + "] pairs with all that is parallel to them; ask for fewer validation pairs, or give more data");
        }
        List<Pair> all = all();
        return new Split(
                of(training),
                heldOut.pairs().stream()
                        .map(pair -> new HeldOut(all.get(pair), parallels().cluster(pair)))
                        .toList());
    }

    /** The data sets without the pairs of some clusters, and without hard negatives that are passages of these. */
    private List<DataSet> without(BitSet clusters) {
        Set<String> passages = new HashSet<>();
        List<Pair> all = all();
        for (int pair = 0; pair < size; pair++) {
            if (clusters.get(parallels().cluster(pair))) {
                passages.add(all.get(pair).passage());
            }
        }
        return without(pair -> clusters.get(parallels().cluster(pair))).stream()
                .map(set -> new DataSet(
                        set.name(),
                        set.pairs().stream()
                                .map(pair -> pair.withoutNegatives(passages))
                                .toList(),
                        set.weight()))
                .toList();
    }

    /**
     * The data sets without some pairs; one that loses all of them is left out.
     *
     * @param unwanted of a pair's number, counted from 0 through the data sets in order
     */
    List<DataSet> without(IntPredicate unwanted) {
        List<DataSet> left = new ArrayList<>();
        int at = 0;
        for (DataSet set : sets) {
            List<Pair> kept = new ArrayList<>();
            for (Pair pair : set.pairs()) {
                if (!unwanted.test(at++)) {
                    kept.add(pair);
                }
            }
            if (!kept.isEmpty()) {
                left.add(new DataSet(set.name(), kept, set.weight()));
            }
        }
        return left;
    }

    /** All pairs, through the data sets in order. */
    public List<Pair> all() {
        List<Pair> all = new ArrayList<>(size);
        sets.forEach(set -> all.addAll(set.pairs()));
        return all;
    }
}
